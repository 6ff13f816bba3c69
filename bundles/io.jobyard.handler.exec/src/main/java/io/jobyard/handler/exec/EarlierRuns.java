// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends processes in any containment that remained after earlier hosts of the instance were killed. */
final class EarlierRuns {

    private static final Logger LOG = LoggerFactory.getLogger(EarlierRuns.class);

    private final RunDirectories positions;
    private final ProcessMark mark;
    private final ProcessTable table;

    EarlierRuns(RunDirectories positions, ProcessMark mark, ProcessTable table) {
        this.positions = positions;
        this.mark = mark;
        this.table = table;
    }

    void end(ProcessEnd end) {
        FoundTree found = new FoundTree(table, mark::isOfEarlierHost, List.of(), true);
        positions.recorded(mark).forEach(found::add);
        List<ProcessTree> trees = new ArrayList<>(cgroups());
        trees.add(found);
        TreeGroup all = new TreeGroup(trees);
        if (!all.isEmpty()) {
            LOG.info(
                    "Ending command processes that outlived their host: count={}",
                    all.pids().size());
        }
        end.end(all, () -> {
            all.remove();
            positions.removeEarlier(mark);
        });
    }

    private List<ProcessTree> cgroups() {
        List<ProcessTree> left = new ArrayList<>();
        try {
            Optional<Path> own = CgroupHome.find();
            Set<Path> parents = new HashSet<>(positions.cgroups(mark));
            own.ifPresent(parents::add);
            for (Path parent : parents) {
                left.addAll(CgroupContainment.left(parent, mark, own));
            }
        } catch (IOException e) {
            LOG.warn("Cannot list cgroups ({}): command processes may keep running", e.toString());
        }
        return left;
    }
}
