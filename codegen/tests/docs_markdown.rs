//! AWS's documentation HTML becomes Markdown that reads well and that rustdoc and clippy accept.

use cognito_codegen::docs::{doc_lines, markdown, plain, summary};

#[test]
fn elements_become_markdown() {
    for (html, expected) in [
        ("", ""),
        ("<p> </p>", ""),
        ("No markup at all", "No markup at all"),
        ("<p>One. </p> <p> Two.</p>", "One.\n\nTwo."),
        (
            "<p>A <code>b</code> and <i>c</i>, <b>d</b>.</p>",
            "A `b` and *c*, **d**.",
        ),
        (
            "<p>empty <i> </i>emphasis <code> </code>here</p>",
            "empty emphasis here",
        ),
        ("<p>a<br/>b</p>", "a\n\nb"),
        ("<p>Call <a>ListUsers</a>.</p>", "Call `ListUsers`."),
        (
            r#"<p>See <a href="https://example.com/a">the guide </a>now</p>"#,
            "See [the guide](https://example.com/a) now",
        ),
        (r#"<p>See <a href="API_ListUsers.html">it</a></p>"#, "See it"),
        (
            r#"<p><code><a href="https://example.com/">X</a></code></p>"#,
            "[`X`](https://example.com/)",
        ),
        ("<p><code>arn:<i>region</i>:<a>Id</a></code></p>", "`arn:region:Id`"),
        ("<fullname>Amazon X</fullname><p>Text</p>", "**Amazon X**\n\nText"),
        ("<p><b>Default:</b>true</p>", "**Default**:true"),
        ("<pre><code>a\n  b</code></pre>", "```text\na\n  b\n```"),
        ("<pre>a\n    b</pre>", "```text\na\n    b\n```"),
    ] {
        assert_eq!(markdown(html), expected, "{html}");
    }
}

#[test]
fn lists_are_tight_unless_an_item_has_several_paragraphs() {
    for (html, expected) in [
        (
            "<p>Values:</p> <ul> <li> <p>one</p> </li> <li> <p>two</p> </li> </ul>",
            "Values:\n\n- one\n- two",
        ),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        (
            "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>",
            "- a\n  - b\n- c",
        ),
        (
            "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>",
            "- a\n\n  b\n\n- c",
        ),
        (
            "<dl> <dt>CODE</dt> <dd> <p>Text.</p> </dd> <dt><code>x</code></dt> <dd>y</dd> </dl>",
            "- **CODE**: Text.\n- `x`: y",
        ),
    ] {
        assert_eq!(markdown(html), expected, "{html}");
    }
}

#[test]
fn notes_become_labelled_quotes() {
    for (html, expected) in [
        (
            "<p>a</p> <note> <p>b</p> <p>c</p> </note> <p>d</p>",
            "a\n\n> **Note:** b\n>\n> c\n\nd",
        ),
        (
            "<important><ul><li>a</li></ul></important>",
            "> **Important:**\n>\n> - a",
        ),
        (
            "<ul><li><p>a</p><note><p>b</p></note></li></ul>",
            "- a\n\n  > **Note:** b",
        ),
    ] {
        assert_eq!(markdown(html), expected, "{html}");
    }
}

#[test]
fn text_is_never_taken_for_markdown_links_or_html() {
    for (html, expected) in [
        ("<p>[foo] and Vec&lt;u8&gt;</p>", r"\[foo\] and Vec\<u8>"),
        ("<p><code>&lt;region&gt;</code></p>", "`<region>`"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ("<p>snake_case and _this_</p>", r"snake_case and \_this\_"),
        ("<p> - no list</p>", r"\- no list"),
        ("<p># no heading</p>", r"\# no heading"),
        ("<p>1. no list</p>", r"1\. no list"),
        ("<p>2 * 3 */ end</p>", r"2 \* 3 \*/ end"),
        ("<p>&amp;lt;</p>", r"\&lt;"),
        ("<p>a ~~b~~</p>", r"a \~\~b\~\~"),
        ("<p>https://example.com/a_b.</p>", "<https://example.com/a_b>."),
        ("<p>https://{id}.example.com</p>", "`https://{id}.example.com`"),
    ] {
        assert_eq!(markdown(html), expected, "{html}");
    }
}

#[test]
fn lines_break_between_words_only_and_never_start_a_block() {
    let html = format!(
        "<p>{} - <code>{}</code> + 1. x</p>",
        "word ".repeat(17),
        "c ".repeat(60)
    );
    let lines = doc_lines(&html);
    assert!(lines.iter().all(|line| !line.starts_with(['-', '+', '1'])), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains(&"c ".repeat(59))), "{lines:?}");
}

#[test]
fn continuation_lines_keep_the_prefix_of_their_list_or_quote() {
    let long = "word ".repeat(30);
    let html = format!("<note><ol><li><p>{long}</p></li></ol></note>");
    let lines = doc_lines(&html);
    assert_eq!(lines[..2], ["> **Note:**", ">"]);
    assert!(lines[2].starts_with("> 1. word"), "{lines:?}");
    assert!(lines[3].starts_with(">    word"), "{lines:?}");
    assert!(lines.iter().all(|line| line.len() <= 92), "{lines:?}");
}

#[test]
fn a_summary_is_the_first_sentence_of_the_first_paragraph() {
    for (html, expected) in [
        ("", ""),
        ("<p>One sentence. And another.</p>", "One sentence."),
        ("<p>Values, e.g. Foo, are set. More.</p>", "Values, e.g. Foo, are set."),
        (
            "<p>Version 1.2 of <code>a. B</code> is. C</p>",
            "Version 1.2 of `a. B` is.",
        ),
        ("<fullname>Amazon X</fullname><p>Text. More.</p>", "Text."),
        ("<note><p>Beware. Of.</p></note><p>Text.</p>", "Text."),
        ("<ul><li>only a list</li></ul>", "only a list"),
    ] {
        assert_eq!(summary(html), expected, "{html}");
    }
}

#[test]
fn broken_html_is_converted_all_the_same() {
    let deep = "<b>".repeat(100_000);
    for html in [
        "<p>a",
        "</p>a",
        "<li>a",
        "<ul>a<li>b",
        "<dd>a",
        "a<",
        "a <b",
        "&",
        "&#x0;a",
        "<a>a",
        "<code>a",
        "<pre>a",
        "<note>a",
        "<!-- a -->a",
        "<?x a?>a",
        "<table><td>a",
        "a\u{202e}\r\n\t\0",
        "<title>a",
        "<code>`a",
        "[a](",
        "```a",
        "<template>a</template>a",
        "<svg><p>a",
        &format!("{deep}a"),
    ] {
        let lines = doc_lines(html);
        assert!(
            html == "&" || lines.iter().any(|line| line.contains('a')),
            "{html} → {lines:?}"
        );
        let unseen = |c: char| c.is_control() || c == '\u{202e}';
        assert!(!lines.iter().any(|line| line.contains(unseen)), "{lines:?}");
        let _ = summary(html);
    }
}

/// Some of them turn the direction of a comment, which rustc refuses, or end its line.
#[test]
fn a_reference_to_a_character_is_treated_as_the_character() {
    for (html, expected) in [
        ("a&#x202e;b&#8238;c", "abc"),
        ("a&#13;b&#xd;c", "a b c"),
        ("a&#7;b&#xe001;c&#xE001;d", "abcd"),
        ("a&nbsp;b&#160;c&#xa0d", "a b c\u{a0d}"),
        ("a&rlm;b&ZeroWidthSpace;c", "abc"),
        ("&#65;&lt;&#99999999;", "A<"),
    ] {
        assert_eq!(markdown(html), expected, "{html}");
    }
}

#[test]
fn line_breaks_and_signs_are_no_nesting() {
    let html = format!("{}<b>end</b> 1 < 2", "a<br/>".repeat(300));
    assert!(markdown(&html).ends_with("**end** 1 < 2"), "{}", markdown(&html));
}

#[test]
fn code_with_fences_is_code() {
    assert_eq!(markdown("<pre>```\na\n```</pre>b"), "````text\n```\na\n```\n````\n\nb");
    let nested = markdown("<pre><code>```\n  a</code></pre><pre><code>`a`\nb</code></pre>");
    assert_eq!(nested, "````text\n```\n  a\n````\n\n```text\n`a`\nb\n```");
    let in_item = markdown("<ul><li>a<pre>```\n# b</pre></li></ul>");
    assert_eq!(in_item, "- a\n\n  ````text\n  ```\n  # b\n  ````");
}

#[test]
fn a_bar_in_a_cell_of_a_table_is_escaped_as_tables_have_it() {
    let table = markdown("<table><tr><th>A</th></tr><tr><td><code>x|y</code></td></tr></table>");
    assert!(table.contains(r"| `x\|y` |"), "{table}");
}

#[test]
fn a_plain_text_is_no_markdown() {
    assert_eq!(plain("Amazon X (Y) - Z"), "Amazon X (Y) - Z");
    assert_eq!(plain("A <b> & [c]\n`d` *e*"), r"A \<b> & \[c\] \`d\` \*e\*");
}

#[test]
fn a_number_at_the_beginning_is_no_sentence() {
    assert_eq!(summary("<p>1. Do this. Then that.</p>"), r"1\. Do this.");
}
