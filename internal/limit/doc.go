// Package limit bounds how much a search engine is asked to do at once: so many
// questions are computed, so many more wait in the order in which they came, and
// the others are told that the engine is busy. It knows the contract of package
// search and no engine. Questions that look into many texts, and exports, hold
// half of the places at most, so that the others are answered beside them.
package limit
