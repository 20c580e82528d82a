// Package sheet writes CSV that people open in a spreadsheet: by RFC 4180, marked as UTF-8,
// and with no cell that would be run as a formula.
//
// It knows nothing of articles and searches.
package sheet
