// Package legible tells texts from what is left of them when they were decoded in the wrong
// encoding, and from noise: neither may get into an index as if it were an article.
//
// Of this module it imports internal/textnorm only.
package legible
