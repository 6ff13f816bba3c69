// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.testkit.SettableAccess;
import java.time.Clock;
import java.util.Map;

/** The door to the real lanes, which no other bundle sees. */
public final class QueueDoor {

    private final QueueEngine manager;

    public QueueDoor(HandlerCatalog handlers, JobRepository repository, Clock clock) {
        Settings<QueueSettings> settings = new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none());
        settings.update(Map.of());
        manager = new QueueEngine(
                settings,
                new LimitCatalogRegistry(new SettableAccess()),
                new Gates(),
                handlers,
                new QueueStore(repository, repository, repository),
                clock,
                QueueEngine.WINDOW);
    }

    public QueueManager manager() {
        return manager;
    }

    public CommitListener listener() {
        return manager;
    }
}
