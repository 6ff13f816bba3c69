// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several trees that end together.
 *
 * @param trees none of them takes a new program
 */
record TreeGroup(List<ProcessTree> trees) implements ProcessTree {

    @Override
    public List<String> wrap(List<String> line) {
        throw new UnsupportedOperationException("several trees begin no program");
    }

    @Override
    public void add(ProcessHandle process) {
        throw new UnsupportedOperationException("several trees take no process");
    }

    @Override
    public boolean isEmpty() {
        return trees.stream().filter(tree -> !tree.isEmpty()).count() == 0; // looks at each
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
