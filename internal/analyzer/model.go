package analyzer

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The lines of the model, without blank lines and # comments: one of start
// probabilities, four of transitions, four of emissions, each over the states
// B, E, M, S (begin, end, middle of a word, single character).
const (
	modelStates    = 4
	modelEmissions = 1 + modelStates // the first line of emissions
	modelLines     = modelEmissions + modelStates
)

// parseModel reads the model strictly; cppjieba aborts on what it can't read.
func (d *dictionary) parseModel(f file) error {
	var out bytes.Buffer
	seen := 0
	err := f.lines(func(line string) error {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || seen == modelLines {
			return nil
		}
		check := checkProbabilities
		if seen >= modelEmissions {
			check = d.checkEmissions
		}
		if err := check(line); err != nil {
			return err
		}
		seen++
		out.WriteString(line + "\n")
		return nil
	})
	if err == nil && seen != modelLines {
		err = fmt.Errorf("%s: %d of %d lines: the file is truncated", f.where, seen, modelLines)
	}
	d.model = bytes.TrimSpace(out.Bytes())
	return err
}

// completeModel adds each rune that only the dictionaries have to the last line
// of the model, as a single word: some rare characters, the dot of 哈利·波特. A
// rune that is not in the model is so improbable for cppjieba that all
// segmentations of the text after it look alike.
func (d *dictionary) completeModel() {
	const certain = 0 // log probability; all other states have almost none
	for r := rune(utf8.RuneSelf); r <= utf8.MaxRune; r++ {
		if (d.vocabulary.runes.has(r) || d.vocabulary.odd[r] != nil) && !d.modelled.has(r) {
			d.model = fmt.Appendf(d.model, ",%c:%d", r, certain)
		}
	}
	d.model = append(d.model, '\n')
}

func checkProbabilities(line string) error {
	columns := strings.Split(line, " ")
	if len(columns) != modelStates {
		return fmt.Errorf("want %d numbers separated by single spaces", modelStates)
	}
	for _, c := range columns {
		if _, err := strconv.ParseFloat(c, 64); err != nil {
			return fmt.Errorf("%q is not a number", c)
		}
	}
	return nil
}

// checkEmissions checks one line "耀:-10.46,涉:-8.76" and collects its characters.
func (d *dictionary) checkEmissions(line string) error {
	for pair := range strings.SplitSeq(line, ",") {
		char, number, _ := strings.Cut(pair, ":")
		r, size := utf8.DecodeRuneInString(char)
		if size == 0 || size != len(char) {
			return errors.New("want pairs of a character and a number: 耀:-10.46,涉:-8.76")
		}
		if _, err := strconv.ParseFloat(number, 64); err != nil {
			return fmt.Errorf("%s: %q is not a number", char, number)
		}
		d.vocabulary.runes.add(r)
		d.modelled.add(r)
	}
	return nil
}
