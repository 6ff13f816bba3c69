// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.MigratesJob;
import io.jobyard.api.handler.PayloadMigrator;
import java.util.HashMap;
import java.util.Map;

/** Converts a handler's annotation to service properties. */
final class HandlerProperties {

    private HandlerProperties() {}

    static Map<String, Object> of(Object handler) {
        HandlesJob says = handler.getClass().getAnnotation(HandlesJob.class);
        if (says == null) {
            throw new IllegalArgumentException(handler.getClass().getName()
                    + " has no @HandlesJob: name the type with TestHost.with(type, handler)");
        }
        Map<String, Object> properties = new HashMap<>(Map.of(
                HandlesJob.TYPE, says.value(),
                HandlesJob.LIMITS, says.limits(),
                HandlesJob.HEARTBEAT, says.heartbeat(),
                HandlesJob.TIMEOUT, says.timeout(),
                HandlesJob.THREAD, says.thread(),
                HandlesJob.DESCRIPTION, says.description(),
                HandlesJob.EFFECTS, says.effects(),
                HandlesJob.PRIVILEGED, says.privileged()));
        if (!says.version().isEmpty()) {
            properties.put(HandlesJob.VERSION, says.version());
        }
        return properties;
    }

    static Map<String, Object> ofMigrator(PayloadMigrator migrator) {
        MigratesJob says = migrator.getClass().getAnnotation(MigratesJob.class);
        if (says == null) {
            throw new IllegalArgumentException(migrator.getClass().getName()
                    + " has no @MigratesJob: annotate the migrator with its type, from and to");
        }
        return Map.of(MigratesJob.TYPE, says.type(), MigratesJob.FROM, says.from(), MigratesJob.TO, says.to());
    }

    static String type(Map<String, Object> properties) {
        return (String) properties.get(HandlesJob.TYPE);
    }
}
