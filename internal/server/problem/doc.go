// Package problem maps errors to answers: a status, a type and a text for programs
// (RFC 9457), and a text for readers in their language. It is the only place that does.
//
// It must not import the packages that answer (api, page). Read problem.go first.
package problem
