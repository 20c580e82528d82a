package suggest

import "testing"

// TestPairFilter checks that the filter passes each pair of a lexicon and few others.
func TestPairFilter(t *testing.T) {
	const chars = 200
	f := newPairFilter(chars * chars / 2)
	for a := range uint16(chars) {
		for b := range uint16(chars) {
			if (a+b)%2 == 0 {
				f.add(a, b)
			}
		}
	}
	passed := 0
	for a := range uint16(chars) {
		for b := range uint16(chars) {
			switch passes := f.mayHave(a, b); {
			case (a+b)%2 == 0 && !passes:
				t.Fatalf("%d, %d was added but does not pass", a, b)
			case (a+b)%2 == 1 && passes:
				passed++
			}
		}
	}
	if others := chars * chars / 2; passed > others/4 {
		t.Errorf("%d of %d other pairs pass", passed, others)
	}
}

// TestNothingLostToBounds compares the candidates above a bound with the best of all.
func TestNothingLostToBounds(t *testing.T) {
	s := NewSpeller(completer(lexiconOf(200, news...)))
	for _, typed := range []string{"行天员", "肮天员反回地球", "航员天", "卫生织", "空间占迎来飞船", "公私发布手机"} {
		budget := candidateBudget
		all, found := s.bestCandidate([]rune(typed), &budget, -100)
		if !found {
			t.Fatalf("%s has no candidate", typed)
		}
		for _, least := range []float64{all.gain - 0.1, all.gain} {
			budget := candidateBudget
			got, found := s.bestCandidate([]rune(typed), &budget, least)
			if found != (least < all.gain) || found && (got.gain != all.gain || string(got.with) != string(all.with)) {
				t.Errorf("%s: above %.2f the best is %+v, of all it is %+v", typed, least, got, all)
			}
		}
	}
}

// TestLeastGain checks that no candidate is accepted that the least gain leaves out.
func TestLeastGain(t *testing.T) {
	for _, alone := range []bool{false, true} {
		for _, name := range []bool{false, true} {
			for length := 2; length < 2*maxShortOperand; length++ {
				for _, whole := range []bool{false, true} {
					c := candidate{gain: leastGain(alone, name), whole: whole}
					if c.exceedsThreshold(length, alone, name) {
						t.Errorf("alone %v, name %v, %d characters, whole %v: a gain of %.0f is enough",
							alone, name, length, whole, c.gain)
					}
				}
			}
		}
	}
}

// TestCharsAreCountedAsWords compares the counts of characters with those of a search.
func TestCharsAreCountedAsWords(t *testing.T) {
	l := lexiconOf(3, "天 航天", "天 空间", "间 占", "㐀 天")
	for _, r := range "天航空间占㐀𠀀" {
		if got, want := l.countOfChar(r), l.count(string(r)); got != want {
			t.Errorf("%c: %d, want %d", r, got, want)
		}
	}
}
