package access

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"xunwen/internal/position"
	"xunwen/internal/smallfile"
)

// maxFile bounds the size of the file of keys: about ten thousand lines.
const maxFile = 1 << 20

// readFile returns the contents of a file of keys. It refuses a file that others could
// change.
func readFile(name string) (string, error) {
	content, info, err := smallfile.Read(name, maxFile)
	if err != nil {
		return "", err
	}
	return string(content), checkWriters(name, info)
}

// readKeys parses a file of keys: one key per line, # starts a comment. Each invalid line
// yields an error FILE:LINE: reason.
func readKeys(name, text string) ([]Key, error) {
	var keys []Key
	var invalid []error
	digests, names := map[digest]int{}, map[string]int{}
	number := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		number++
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		k, err := readKey(line)
		switch {
		case !utf8.ValidString(line):
			err = errors.New("not UTF-8")
		case err != nil:
		case names[k.Name] > 0:
			err = fmt.Errorf("%s is already the name of the key in line %d", k.Name, names[k.Name])
		case digests[k.digest] > 0:
			err = fmt.Errorf("%s has the same key as line %d", k.Name, digests[k.digest])
		}
		if err != nil {
			invalid = append(invalid, &position.Error{File: name, Line: number, Err: err})
			continue
		}
		names[k.Name], digests[k.digest] = number, number
		keys = append(keys, k)
	}
	return keys, errors.Join(invalid...)
}
