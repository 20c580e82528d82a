package build

// plannedVolume is a volume of the generation that is built: a volume of the
// base, shared as it is, or a new one.
type plannedVolume struct {
	shared   int   // number of the base's volume, when from is nil
	from     []int // volumes of the base whose articles go into a new one, in order
	incoming bool  // followed by the articles that were read
}

// mergeFactor is how many times as large as all that follow it a volume must be
// to stay as it is. So the sizes of volumes at least halve from one to the next:
// there are few, and an article is indexed again only a few times, as in a
// log-structured merge (O'Neil et al., The log-structured merge-tree, 1996).
const mergeFactor = 2

// planVolumes decides which volumes a generation has. alive and deleted are, by
// volume of the base, how many of its articles stay and how many are deleted;
// incoming is how many are new. rebuildAll indexes all articles again. Articles
// keep their order.
func planVolumes(alive, deleted []int, incoming int, rebuildAll bool) []plannedVolume {
	kept, tail := len(alive), incoming
	if rebuildAll {
		kept = 0
	}
	for kept > 0 && incoming > 0 && alive[kept-1] < mergeFactor*tail {
		kept--
		tail += alive[kept]
	}
	var out []plannedVolume
	for i := range kept {
		switch {
		case alive[i] == 0:
		case deleted[i] > alive[i]: // more than half of what each query reads is wasted
			out = append(out, plannedVolume{from: []int{i}})
		default:
			out = append(out, plannedVolume{shared: i})
		}
	}
	last := plannedVolume{from: []int{}, incoming: incoming > 0}
	for i := kept; i < len(alive); i++ {
		if alive[i] > 0 {
			last.from = append(last.from, i)
		}
	}
	if len(last.from) > 0 || last.incoming {
		out = append(out, last)
	}
	return out
}
