package query

import (
	"regexp"
	"strconv"
	"strings"
)

// lengthForm is a number of characters with a bound's sign, or a range.
var lengthForm = regexp.MustCompile(`^(?:(>=?|<=?|≥|≤)(\d+)|(\d*)(\.\.)?(\d*))字?$`)

// parseLength parses the value of length:, which is at position pos of the query.
func parseLength(value string, pos int) (*Length, *Error) {
	parts := lengthForm.FindStringSubmatch(strings.Map(narrow, value))
	if parts == nil || parts[2]+parts[3]+parts[5] == "" {
		return nil, badLength(pos, "%q is not a number of characters: write >2000, <500 or 500..1000", value)
	}
	bound := func(digits string) int {
		if digits == "" {
			return 0
		}
		return atMost(maxDistance, []rune(digits))
	}
	n := &Length{}
	switch sign, number := parts[1], bound(parts[2]); sign {
	case ">":
		n.Min = number + 1
	case ">=", "≥":
		n.Min = number
	case "<":
		n.Max = number - 1
	case "<=", "≤":
		n.Max = number
	default:
		n.Min, n.Max = bound(parts[3]), bound(parts[5])
		if parts[4] == "" { // one number
			n.Max = n.Min
		}
	}
	switch {
	case n.Min == 0 && n.Max <= 0:
		return nil, badLength(pos, "%s is the length of no article or of any: write another number", value)
	case n.Max < n.Min && n.Max+len(parts[5]) > 0:
		return nil, badLength(pos, "%s ends before it begins: write the smaller number first", value)
	}
	return n, nil
}

// lengthText writes a length with the sign that gives the rounder number; tight uses
// the fewest characters.
func lengthText(n *Length, tight bool) string {
	switch {
	case n.Min == n.Max:
		return strconv.Itoa(n.Min)
	case n.Min > 0 && n.Max > 0:
		return strconv.Itoa(n.Min) + rangeMark + strconv.Itoa(n.Max)
	case n.Min > 0 && (tight || n.Min%10 == 1 || n.Min > maxDistance):
		return ">" + strconv.Itoa(n.Min-1)
	case n.Min > 0:
		return ">=" + strconv.Itoa(n.Min)
	case tight:
		return "≤" + strconv.Itoa(n.Max)
	case n.Max%10 == 9 && n.Max < maxDistance:
		return "<" + strconv.Itoa(n.Max+1)
	}
	return "<=" + strconv.Itoa(n.Max)
}
