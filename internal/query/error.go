package query

import "fmt"

// Error describes why a query can't be understood.
type Error struct {
	Pos    int // in characters from the query's start, from 0
	Code   Code
	Reason string
}

func (e *Error) Error() string { return e.Reason }

// Code is the kind of an Error, for callers that translate it.
type Code string

// The kinds of errors. Anything else that looks odd is text.
const (
	MissingSide    Code = "missing_side"    // an operator with nothing before or after it
	Unclosed       Code = "unclosed"        // ( or " begins the query and is not closed
	BadDate        Code = "bad_date"        // not a date, or not in the calendar, or a range that ends before it begins
	BadLength      Code = "bad_length"      // not a number of characters, or a range that ends before it begins
	BadOperand     Code = "bad_operand"     // /NEAR, $5 and the like at something that is no word or phrase
	OnlyExclusions Code = "only_exclusions" // nothing is left that could match
	TooLong        Code = "too_long"        // over MaxRunes
	TooMany        Code = "too_many"        // over MaxOperands
)

func missingSide(pos int, operator, side string) *Error {
	return &Error{Pos: pos, Code: MissingSide, Reason: fmt.Sprintf(
		"%s has nothing %s it: add a word there or remove %s", operator, side, operator)}
}

func unclosed(pos int, opening rune) *Error {
	return &Error{Pos: pos, Code: Unclosed, Reason: fmt.Sprintf(
		"%c is not closed: close it or remove it", opening)}
}

func badDate(pos int, format string, args ...any) *Error {
	return &Error{Pos: pos, Code: BadDate, Reason: fmt.Sprintf(format, args...)}
}

func badLength(pos int, format string, args ...any) *Error {
	return &Error{Pos: pos, Code: BadLength, Reason: fmt.Sprintf(format, args...)}
}

func badOperand(pos int, format string, args ...any) *Error {
	return &Error{Pos: pos, Code: BadOperand, Reason: fmt.Sprintf(format, args...)}
}

func onlyExclusions(pos int) *Error {
	return &Error{Pos: pos, Code: OnlyExclusions,
		Reason: "only exclusions: add a word that the articles should contain"}
}

func tooLong(runes int) *Error {
	return &Error{Pos: MaxRunes, Code: TooLong, Reason: fmt.Sprintf(
		"the query has %d characters: shorten it to at most %d", runes, MaxRunes)}
}

func tooMany(pos int) *Error {
	return &Error{Pos: pos, Code: TooMany, Reason: fmt.Sprintf(
		"the query has more than %d operands: remove some", MaxOperands)}
}
