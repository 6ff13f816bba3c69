// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.StoreException;
import java.util.List;
import java.util.TreeSet;

/** The steps of a host beside its jobs: its looks at the others, and what befalls it. */
final class HostActions {

    private final World world;
    private final Workload workload;
    private final Workers workers;

    HostActions(World world, Workload workload, Workers workers) {
        this.world = world;
        this.workload = workload;
        this.workers = workers;
    }

    void any(SimulatedHost host) {
        boolean shared = world.knobs.hosts() > 1;
        world.mayStand(host);
        int dice = world.random.nextInt(100);
        if (world.isHeld(host)) {
            return;
        } else if (dice < 40) {
            host.lease.look();
        } else if (dice < 60) {
            host.committer.between(host.committer::follow);
        } else if (dice < 85) {
            fetch(host);
        } else if (dice < 95 && shared) {
            begin();
        } else if (shared) {
            leave(host);
        }
        if (host.leaves) {
            goOnLeaving(host);
        }
    }

    private void fetch(SimulatedHost host) {
        try {
            workers.fetch(host);
        } catch (StoreException e) {
            world.tell(() -> host + " does not get what it is to run: " + e.getMessage());
        }
    }

    /** In the place of one that has ended, or is taken for dead. */
    private void begin() {
        TreeSet<String> free = new TreeSet<>();
        for (int n = 1; n <= world.knobs.hosts(); n++) {
            free.add("host-" + n);
        }
        world.hosts.forEach(host -> free.remove(host.position));
        if (!free.isEmpty()) {
            world.begin(workload.one(List.copyOf(free)));
        }
    }

    private void leave(SimulatedHost host) {
        if (!host.leaves && world.hosts.size() > 1) {
            world.tell(() -> host + " is told to leave");
            host.leaves = true;
            host.offer();
        }
    }

    /** What has not begun goes back; with the last run it ends. */
    private void goOnLeaving(SimulatedHost host) {
        List.copyOf(host.runs).stream()
                .filter(run -> !run.begun && run.offers == 0)
                .forEach(run -> workers.end(run, host));
        if (host.runs.isEmpty() && host.assigned.isEmpty() && host.committer.isIdle() && !host.isBusy()) {
            host.lease.end();
            world.kill(host, "has left");
        }
    }
}
