// Package wording holds every text of the pages, in Chinese and in English.
//
// Both languages of a text are arguments of one call, so neither can be
// forgotten. A text that never changes is a field; one with a number, a date or
// a name in it is a method of Words. Read words.go first: it has the texts that
// all pages share. Each kind of page has a file of its own.
//
// Text that newspapers printed is not translated. Text for programs, such as the
// API's problems and the log, is English and lives where it is produced.
//
// It imports no other package of this module.
package wording
