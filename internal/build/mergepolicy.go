package build

// planned is a volume of the generation that is built: a volume of the one
// before it, shared as it is, or a new one.
type planned struct {
	shared   int   // the number of a volume of the generation before, where from is nil
	from     []int // such volumes whose articles go into a new one, in order
	incoming bool  // and behind them the articles that were read
}

// mergeShare is how many times as large as what comes behind it a volume must
// be to stay as it is. So volumes at least halve in size from one to the next:
// there are few, and an article is indexed again a few times in its life, as in
// a log-structured merge (O'Neil et al., The log-structured merge-tree, 1996).
const mergeShare = 2

// plan says which volumes a generation has. there and gone are how many of the
// articles of the volumes before it has and leaves out, incoming how many are
// new; again says that all are to be indexed anew. Articles keep their order.
func plan(there, gone []int, incoming int, again bool) []planned {
	kept, tail := len(there), incoming
	if again {
		kept = 0
	}
	for kept > 0 && incoming > 0 && there[kept-1] < mergeShare*tail {
		kept--
		tail += there[kept]
	}
	var out []planned
	for i := range kept {
		switch {
		case there[i] == 0: // nothing of it is left
		case gone[i] > there[i]: // more than half of what every query reads is for nothing
			out = append(out, planned{from: []int{i}})
		default:
			out = append(out, planned{shared: i})
		}
	}
	last := planned{from: []int{}, incoming: incoming > 0}
	for i := kept; i < len(there); i++ {
		if there[i] > 0 {
			last.from = append(last.from, i)
		}
	}
	if len(last.from) > 0 || last.incoming {
		out = append(out, last)
	}
	return out
}
