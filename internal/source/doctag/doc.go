// Package doctag reads collections of documents between <doc> and </doc>, as search engines and
// evaluations have them: elements or attributes are members of a record. They look like XML and
// are not: ampersands aren't escaped, and no element is around all.
//
// It deals with decoded text; a function that it is given says which lines were in another
// encoding. Of this module it imports internal/source/field and internal/source/lineio only.
package doctag
