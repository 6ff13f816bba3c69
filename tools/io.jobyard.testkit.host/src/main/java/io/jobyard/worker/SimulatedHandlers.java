// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.JobHandler;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import java.time.Clock;
import java.util.Map;

/** The door to the registry of handlers, which no other bundle sees: handlers come by hand instead of as services. */
public final class SimulatedHandlers {

    final Settings<WorkerSettings> settings = new Settings<>(WorkerSettings.PID, WorkerSettings::read, LastGood.none());
    final Quarantine quarantine;
    private final HandlerRegistry registry;

    public SimulatedHandlers(Map<String, Object> raw, Clock clock) {
        settings.update(raw);
        quarantine = new Quarantine(() -> 0, new HostLosses(null), clock);
        registry = new HandlerRegistry(null, settings, new TypeRegistry(), quarantine, clock);
    }

    /** The handler with its service properties; its schema is looked for on the class path of its class. */
    public void add(JobHandler handler, Map<String, Object> properties) {
        registry.bind(handler, HandlerReference.of(handler, properties));
    }

    public HandlerRegistry registry() {
        return registry;
    }
}
