// Package wording holds what the pages say, in Chinese and in English.
//
// Both languages of a text stand side by side, in the one call that picks
// between them, so that none can be without the other: fields for what always
// reads the same, methods of Words for what has a number, a date or a name in
// it. There is a file for what all pages share and one for each kind of page. What
// newspapers printed is not translated, and what programs read is English
// elsewhere.
//
// It imports nothing of this module.
package wording
