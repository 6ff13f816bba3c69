// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several trees that end together.
 *
 * @param trees the trees, none of which accepts a new program
 */
record TreeGroup(List<ProcessTree> trees) implements ProcessTree {

    @Override
    public List<String> wrap(List<String> line) {
        throw new UnsupportedOperationException("a group of trees cannot start a program");
    }

    @Override
    public void add(ProcessHandle process) {
        throw new UnsupportedOperationException("a group of trees cannot add a process");
    }

    @Override
    public boolean isEmpty() {
        return trees.stream().filter(tree -> !tree.isEmpty()).count()
                == 0; // count refreshes each tree; noneMatch would stop early
    }

    @Override
    public void ask() {
        trees.forEach(ProcessTree::ask);
    }

    @Override
    public void kill() {
        trees.forEach(ProcessTree::kill);
    }

    @Override
    public Set<Long> pids() {
        Set<Long> pids = new HashSet<>();
        trees.forEach(tree -> pids.addAll(tree.pids()));
        return pids;
    }

    @Override
    public void remove() {
        trees.forEach(ProcessTree::remove);
    }
}
