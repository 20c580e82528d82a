package charset

import "unicode/utf8"

var byteOrderMark = []byte("\ufeff")

// firstBroken is the place of the first byte that is not UTF-8, or -1.
func firstBroken(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// mostlyUTF8 says whether most bytes beyond ASCII make well-formed sequences
// of three or more, which Chinese in other encodings hardly ever does. Such a
// text that is not UTF-8 was UTF-8 before something broke it: read as GB18030
// it would be gibberish, and mostly without an error.
func mostlyUTF8(b []byte) bool {
	good, high := 0, 0
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r >= utf8.RuneSelf {
			high += size
		}
		if size >= 3 {
			good += size
		}
		i += size
	}
	return good*2 > high
}

// withoutCutTail takes off the last character of b where it is incomplete, so
// that a part of a text can be judged as the whole would be.
func withoutCutTail(b []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return b[:len(b)-n]
			}
			break
		}
	}
	return b
}

// decodeUTF8 gives b with every byte that belongs to no character as U+FFFD;
// broken is told its place.
func decodeUTF8(b []byte, broken func(at int)) []byte {
	var out []byte
	done := 0
	for at := firstBroken(b); at >= 0; {
		broken(at)
		out = append(append(out, b[done:at]...), "\ufffd"...)
		done = at + 1
		next := firstBroken(b[done:])
		if next < 0 {
			break
		}
		at = done + next
	}
	if done == 0 {
		return b
	}
	return append(out, b[done:]...)
}
