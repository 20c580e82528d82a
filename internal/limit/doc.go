// Package limit bounds how much a search engine is asked to do at once: so many
// questions are computed, so many more wait in the order in which they came, and
// the others are told that the engine is busy. It knows the contract of package
// search and no engine.
package limit
