package suggest

import "strings"

// negations are the characters that turn a word into its opposite: 合法, 非法; 对, 反对.
const negations = "不未无非没反否勿毋"

// negationsIn counts the negations in a text.
func negationsIn(text []rune) (counts [len(negations)]int8) {
	for _, r := range text {
		if i := strings.IndexRune(negations, r); i >= 0 {
			counts[i]++
		}
	}
	return counts
}

// negationChange says what a change does to the negations of a text.
type negationChange int

const (
	negationsStay negationChange = iota
	negationAdded
	negationRemoved // or one became another
)

func compareNegations(typed, suggested []rune) negationChange {
	before, after := negationsIn(typed), negationsIn(suggested)
	change := negationsStay
	for i := range before {
		switch {
		case after[i] < before[i]:
			return negationRemoved
		case after[i] > before[i]:
			change = negationAdded
		}
	}
	return change
}

// mayOffer reports whether a change leaves a text its meaning: it removes no
// negation, and adds one only as the mistaken character of what becomes one word,
// 飞洲 for 非洲. confirmed rejects even that unless the typed text is as rare as a
// misprint.
func mayOffer(typed, suggested []rune, whole bool) bool {
	switch compareNegations(typed, suggested) {
	case negationsStay:
		return true
	case negationAdded:
		return whole && len(typed) == 1 && len(suggested) == 1
	}
	return false
}
