//! The walk: a serde serializer that leads the interpreter through a value.

use crate::interpreter::{Interpreter, Place};
use crate::list::List;
use crate::nodes::{Nodes, Value};
use crate::object::Object;
use crate::observer::Observer;
use crate::shape::Shape;
use crate::tables::Tables;
use serde::ser::{self, Serialize, Serializer};
use std::fmt;

/// Walks a value together with its shape, and gives all values inside it.
pub(crate) fn walk<T: Serialize + ?Sized>(
    value: &T,
    shape: &'static Shape,
    tables: &'static Tables,
    observer: &mut dyn Observer,
) -> Nodes {
    let mut interpreter = Interpreter::new(tables, observer);
    let walker = Walker {
        interpreter: &mut interpreter,
        place: Place::root(shape),
    };
    // A value that can't be written isn't sent, and the one who tries to send it learns why.
    let _ = value.serialize(walker);
    interpreter.nodes
}

/// A value can't be serialized.
#[derive(Debug)]
struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value can't be serialized")
    }
}

impl std::error::Error for Stopped {}

impl ser::Error for Stopped {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Walks one value.
struct Walker<'w, 'o> {
    interpreter: &'w mut Interpreter<'o>,
    place: Place,
}

impl<'w, 'o> Walker<'w, 'o> {
    fn list(self) -> ListWalker<'w, 'o> {
        let Self { interpreter, place } = self;
        let list = List::open(interpreter, place);
        ListWalker { interpreter, list }
    }

    fn object(self) -> ObjectWalker<'w, 'o> {
        let Self { interpreter, place } = self;
        let object = Object::open(interpreter, place);
        ObjectWalker { interpreter, object }
    }
}

macro_rules! integers {
    ($($method:ident: $type:ty;)*) => {
        $(
            fn $method(self, value: $type) -> Result<(), Stopped> {
                self.interpreter.integer(self.place, i64::try_from(value).unwrap_or(i64::MAX));
                Ok(())
            }
        )*
    };
}

impl<'w, 'o> Serializer for Walker<'w, 'o> {
    type Ok = ();
    type Error = Stopped;
    type SerializeSeq = ListWalker<'w, 'o>;
    type SerializeTuple = ListWalker<'w, 'o>;
    type SerializeTupleStruct = ListWalker<'w, 'o>;
    type SerializeTupleVariant = ser::Impossible<(), Stopped>;
    type SerializeMap = ObjectWalker<'w, 'o>;
    type SerializeStruct = ObjectWalker<'w, 'o>;
    type SerializeStructVariant = ser::Impossible<(), Stopped>;

    integers! {
        serialize_i8: i8;
        serialize_i16: i16;
        serialize_i32: i32;
        serialize_i64: i64;
        serialize_u8: u8;
        serialize_u16: u16;
        serialize_u32: u32;
        serialize_u64: u64;
    }

    fn serialize_bool(self, value: bool) -> Result<(), Stopped> {
        self.interpreter.push(self.place, Value::Flag(value));
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Stopped> {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), Stopped> {
        self.interpreter.float(self.place, value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Stopped> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Stopped> {
        self.interpreter.text(self.place, text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Stopped> {
        self.interpreter.bytes(self.place, bytes);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Stopped> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Stopped> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Stopped> {
        self.interpreter.push(self.place, Value::Null);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Stopped> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Stopped> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Stopped> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Stopped> {
        Err(Stopped)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListWalker<'w, 'o>, Stopped> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<ListWalker<'w, 'o>, Stopped> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ListWalker<'w, 'o>, Stopped> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<ser::Impossible<(), Stopped>, Stopped> {
        Err(Stopped)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ObjectWalker<'w, 'o>, Stopped> {
        Ok(self.object())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ObjectWalker<'w, 'o>, Stopped> {
        Ok(self.object())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<ser::Impossible<(), Stopped>, Stopped> {
        Err(Stopped)
    }
}

/// Walks the items of a list.
struct ListWalker<'w, 'o> {
    interpreter: &'w mut Interpreter<'o>,
    list: List,
}

macro_rules! list_walker {
    ($($trait:ident: $method:ident;)*) => {
        $(
            impl ser::$trait for ListWalker<'_, '_> {
                type Ok = ();
                type Error = Stopped;

                fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stopped> {
                    let place = self.list.next();
                    let interpreter = &mut *self.interpreter;
                    value.serialize(Walker { interpreter, place })
                }

                fn end(self) -> Result<(), Stopped> {
                    self.list.close(self.interpreter);
                    Ok(())
                }
            }
        )*
    };
}

list_walker! {
    SerializeSeq: serialize_element;
    SerializeTuple: serialize_element;
    SerializeTupleStruct: serialize_field;
}

/// Walks the members of a structure, or the entries of a map.
struct ObjectWalker<'w, 'o> {
    interpreter: &'w mut Interpreter<'o>,
    object: Object,
}

impl ObjectWalker<'_, '_> {
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stopped> {
        let place = self.object.next();
        let at = self.interpreter.nodes.len();
        let interpreter = &mut *self.interpreter;
        value.serialize(Walker { interpreter, place })?;
        self.object.filled(self.interpreter, at);
        Ok(())
    }
}

impl ser::SerializeMap for ObjectWalker<'_, '_> {
    type Ok = ();
    type Error = Stopped;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Stopped> {
        let key = self.interpreter.nodes.keep_written(&Key(key)).ok_or(Stopped)?;
        self.object.key(self.interpreter, key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Stopped> {
        self.value(value)
    }

    fn end(self) -> Result<(), Stopped> {
        self.object.close(self.interpreter);
        Ok(())
    }
}

impl ser::SerializeStruct for ObjectWalker<'_, '_> {
    type Ok = ();
    type Error = Stopped;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Stopped> {
        let key = self.interpreter.nodes.keep(key);
        self.object.key(self.interpreter, key);
        self.value(value)
    }

    fn end(self) -> Result<(), Stopped> {
        self.object.close(self.interpreter);
        Ok(())
    }
}

/// A key as text. A formatter accepts everything that serde writes as an object's key.
struct Key<'k, T: ?Sized>(&'k T);

impl<T: Serialize + ?Sized> fmt::Display for Key<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}
