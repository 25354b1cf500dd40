//! What holds what: questions about all shapes at once, each answered in one walk, so that a model's cost grows with its
//! size and not with its square.

use crate::model::Service;
use std::collections::{HashMap, HashSet};

/// The groups of structures that directly hold each other, without a list or map in between (strongly connected
/// components, by Tarjan's algorithm; a loop instead of recursion, for models may be deep). Structures have the same
/// number if they are in the same group; one that doesn't hold itself isn't in the answer.
pub(super) fn groups(service: &Service) -> HashMap<&str, usize> {
    let mut walk = Walk::default();
    for name in service.shapes.keys() {
        walk.from(service, name);
    }
    walk.groups
}

/// The structures that are direct members of a structure.
fn held<'a>(service: &'a Service, name: &str) -> Vec<&'a str> {
    let structure = service.structure(name).filter(|structure| !structure.document);
    let members = structure.into_iter().flat_map(|structure| structure.members.values());
    members
        .map(|member| member.shape.as_str())
        .filter(|member| service.structure(member).is_some_and(|it| !it.document))
        .collect()
}

#[derive(Default)]
struct Walk<'a> {
    groups: HashMap<&'a str, usize>,
    /// When a structure was first met.
    met: HashMap<&'a str, usize>,
    /// The earliest structure that is known to be reached, of those on the stack.
    earliest: HashMap<&'a str, usize>,
    stack: Vec<&'a str>,
    on_stack: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn from(&mut self, service: &'a Service, start: &'a str) {
        if self.met.contains_key(start) {
            return;
        }
        self.meet(start);
        let mut way = vec![(start, held(service, start))];
        while let Some((name, open)) = way.last_mut() {
            let name = *name;
            match open.pop() {
                Some(next) if !self.met.contains_key(next) => {
                    self.meet(next);
                    way.push((next, held(service, next)));
                }
                Some(next) if self.on_stack.contains(next) => self.reaches(name, self.met[next]),
                Some(_) => {}
                None => {
                    way.pop();
                    self.leave(service, name);
                    if let Some((before, _)) = way.last() {
                        self.reaches(before, self.earliest[name]);
                    }
                }
            }
        }
    }

    fn meet(&mut self, name: &'a str) {
        let now = self.met.len();
        self.met.insert(name, now);
        self.earliest.insert(name, now);
        self.stack.push(name);
        self.on_stack.insert(name);
    }

    fn reaches(&mut self, name: &str, when: usize) {
        if let Some(earliest) = self.earliest.get_mut(name) {
            *earliest = when.min(*earliest);
        }
    }

    /// All that `name` reaches has been seen: if it reaches nothing earlier, its group is what is above it on the stack.
    fn leave(&mut self, service: &Service, name: &'a str) {
        let number = self.met[name];
        if self.earliest[name] != number {
            return;
        }
        let start = self.stack.iter().rposition(|it| *it == name).unwrap_or_default();
        let group = self.stack.split_off(start);
        let holds_itself = group.len() > 1 || held(service, name).contains(&name);
        for member in group {
            self.on_stack.remove(member);
            if holds_itself {
                self.groups.insert(member, number);
            }
        }
    }
}
