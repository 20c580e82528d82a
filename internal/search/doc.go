// Package search is the contract between whoever asks and whatever answers:
// Request, Response and Engine. No engine's types stand in it.
package search
