package charset

import "unicode/utf8"

var byteOrderMark = []byte("\ufeff")

// firstBroken returns the offset of the first byte that isn't UTF-8, or -1.
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

// mostlyUTF8 reports whether most non-ASCII bytes form valid sequences of three or more,
// which is very rare in Chinese text in other encodings. Such a text that isn't valid
// UTF-8 is damaged UTF-8: read as GB18030 it would be gibberish, mostly without an error.
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

// withoutCutTail removes the last character of b if it is incomplete, so that a part of a
// text is judged like the whole.
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

// decodeUTF8 replaces every invalid byte of b with U+FFFD and calls broken with its
// offset.
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
