// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.MigratesJob;
import io.jobyard.api.handler.PayloadMigrator;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.handlers.RefusedHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registry of migrators. A removed migrator is released once its runs have ended. */
public final class MigratorRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(MigratorRegistry.class);

    private final Map<ServiceReference<PayloadMigrator>, Migrator> byReference = new ConcurrentHashMap<>();
    private final Map<ServiceReference<PayloadMigrator>, RefusedHandler> refused = new ConcurrentHashMap<>();
    private final Settings<WorkerSettings> settings;
    private volatile Map<String, List<Migrator>> byType = Map.of();

    MigratorRegistry(Settings<WorkerSettings> settings) {
        this.settings = settings;
    }

    /** Adds a migrator, unless its properties are invalid. */
    public void bind(PayloadMigrator service, ServiceReference<PayloadMigrator> reference) {
        try {
            Migrator migrator = Migrator.read(reference, service);
            byReference.put(reference, migrator);
            renew();
            LOG.debug("Migrator {} registered", migrator);
        } catch (IllegalArgumentException e) {
            String reason = "invalid migrator " + service.getClass().getName() + ": " + e.getMessage();
            String type = String.valueOf(reference.getProperty(MigratesJob.TYPE));
            refused.put(
                    reference, new RefusedHandler(type, reference.getBundle().getBundleId(), reason));
            LOG.warn("Migrator of {} in bundle {} ignored: {}", type, reference.getBundle(), e.getMessage());
        }
    }

    void unbind(ServiceReference<PayloadMigrator> reference) {
        refused.remove(reference);
        Migrator migrator = byReference.remove(reference);
        if (migrator == null) {
            return;
        }
        renew();
        migrator.runs.letGo("Migrator " + migrator, settings.current());
    }

    /** Returns the migrators of a type, the highest ranking first. */
    List<Migrator> of(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /** Returns problems in the form of rejected handlers. */
    List<RefusedHandler> refused() {
        return List.copyOf(refused.values());
    }

    private synchronized void renew() {
        byType = byReference.entrySet().stream()
                .sorted(Map.Entry.<ServiceReference<PayloadMigrator>, Migrator>comparingByKey()
                        .reversed()) // service references compare in ascending ranking
                .map(Map.Entry::getValue)
                .collect(Collectors.groupingBy(migrator -> migrator.type));
    }
}
