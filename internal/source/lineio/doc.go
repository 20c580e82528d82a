// Package lineio counts the lines of what a parser reads, and bounds how much it reads for one
// record: libraries know neither. It imports nothing of this module.
package lineio
