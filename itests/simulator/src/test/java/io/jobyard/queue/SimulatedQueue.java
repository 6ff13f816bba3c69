// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Gate;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.QueueManager;
import java.time.Clock;
import java.util.Map;

/** The door to the queue's parts, which no other bundle sees: the lanes as the host has them, with small windows. */
public final class SimulatedQueue {

    private final QueueSettingsComponent settings;
    private final LaneQueueManager manager;

    public SimulatedQueue(Map<String, Object> raw, Gate gate, JobRepository repository, Clock clock, int window) {
        settings = new QueueSettingsComponent(raw);
        GateRegistry gates = new GateRegistry();
        gates.bind(gate);
        manager = new LaneQueueManager(settings, gates, repository, clock, window);
    }

    public QueueManager manager() {
        return manager;
    }

    public CommitListener listener() {
        return manager;
    }

    public void configure(Map<String, Object> raw) {
        settings.modified(raw);
    }
}
