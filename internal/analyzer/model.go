package analyzer

import (
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"

	"xunwen/internal/jieba"
)

// The lines of the model, without blank lines and # comments: one of start
// probabilities, one of transitions from each state, one of emissions of each state.
const (
	modelEmissions = 1 + jieba.States // the first line of emissions
	modelLineCount = modelEmissions + jieba.States
)

// parseModel reads the model strictly.
func (d *dictionary) parseModel(f file) error {
	model := &d.jieba.Model
	model.Emissions = make(map[rune]jieba.Probabilities)
	seen := 0
	err := f.lines(func(line string) (err error) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#") || seen == modelLineCount:
			return nil
		case seen == 0:
			model.Start, err = parseProbabilities(line)
		case seen < modelEmissions:
			model.Transitions[seen-1], err = parseProbabilities(line)
		default:
			err = d.parseEmissions(line, seen-modelEmissions)
		}
		seen++
		return err
	})
	if err == nil && seen != modelLineCount {
		return fmt.Errorf("%s: %d of %d lines: the file is truncated", f.where, seen, modelLineCount)
	}
	if err == nil {
		if err = model.Check(); err != nil {
			err = fmt.Errorf("%s: %w", f.where, err)
		}
	}
	return err
}

// completeModel adds each rune that only the dictionaries have to the model, as a
// single word: some rare characters, the dot of 哈利·波特. A rune that is not in the
// model is so improbable that all segmentations of the text after it look alike.
func (d *dictionary) completeModel() {
	add := func(r rune) {
		if _, modelled := d.jieba.Model.Emissions[r]; !modelled {
			p := impossible
			p[jieba.Single] = 0 // certain
			d.jieba.Model.Emissions[r] = p
		}
	}
	for r := range d.vocabulary.runes.all() {
		if r >= utf8.RuneSelf {
			add(r)
		}
	}
	for r := range maps.Keys(d.vocabulary.odd) {
		add(r)
	}
}

var impossible = jieba.Probabilities{jieba.Impossible, jieba.Impossible, jieba.Impossible, jieba.Impossible}

func parseProbabilities(line string) (p jieba.Probabilities, err error) {
	columns := strings.Split(line, " ")
	if len(columns) != len(p) {
		return p, fmt.Errorf("want %d numbers separated by single spaces", len(p))
	}
	for i, c := range columns {
		if p[i], err = strconv.ParseFloat(c, 64); err != nil {
			return p, fmt.Errorf("%q is not a number", c)
		}
	}
	return p, nil
}

// parseEmissions reads the line of a state: 耀:-10.46,涉:-8.76.
func (d *dictionary) parseEmissions(line string, state int) error {
	for pair := range strings.SplitSeq(line, ",") {
		char, number, _ := strings.Cut(pair, ":")
		r, size := utf8.DecodeRuneInString(char)
		if size == 0 || size != len(char) {
			return errors.New("want pairs of a character and a number: 耀:-10.46,涉:-8.76")
		}
		p, modelled := d.jieba.Model.Emissions[r]
		if !modelled {
			p = impossible
		}
		var err error
		if p[state], err = strconv.ParseFloat(number, 64); err != nil {
			return fmt.Errorf("%s: %q is not a number", char, number)
		}
		d.jieba.Model.Emissions[r] = p
		d.vocabulary.runes.add(r)
	}
	return nil
}
