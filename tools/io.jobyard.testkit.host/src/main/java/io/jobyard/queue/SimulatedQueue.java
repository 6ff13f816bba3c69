// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Gate;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.testkit.SettableAccess;
import java.time.Clock;
import java.util.Map;

/** The door to the queue's parts, which no other bundle sees: the lanes as the host has them, with small windows. */
public final class SimulatedQueue {

    private final Settings<QueueSettings> settings =
            new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none());
    private final QueueEngine manager;

    public <H extends HandlerCatalog & Gate> SimulatedQueue(
            Map<String, Object> raw, H handlers, JobRepository repository, Clock clock, int window) {
        settings.update(raw);
        Gates gates = new Gates();
        gates.add(handlers);
        manager = new QueueEngine(
                settings,
                new LimitCatalogRegistry(new SettableAccess()),
                gates,
                handlers,
                new QueueStore(repository, repository, repository),
                clock,
                window);
    }

    public QueueManager manager() {
        return manager;
    }

    public CommitListener listener() {
        return manager;
    }

    public void configure(Map<String, Object> raw) {
        settings.update(raw);
    }
}
