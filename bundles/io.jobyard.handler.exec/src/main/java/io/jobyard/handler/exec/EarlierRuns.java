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

/** Ends what earlier hosts of the instance have left when they were killed, in whichever containment. */
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
                    "{} processes of commands have outlived their host, and are ended",
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
            LOG.warn("Cgroups cannot be listed ({}): processes of commands may be left", e.toString());
        }
        return left;
    }
}
