// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.HandlerName;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.Hosts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schemas of handlers on other hosts of the database. */
final class SchemasElsewhere {

    private record OfferedSchema(Version version, HostHandler handler) {}

    private static final Logger LOG = LoggerFactory.getLogger(SchemasElsewhere.class);

    /** Schemas by type, the highest version first. */
    private volatile Map<String, List<OfferedSchema>> byType = Map.of();
    /** Parsed schemas. Each is parsed when the first payload needs it. */
    private final Map<HostHandler, PayloadSchema> schemas = new ConcurrentHashMap<>();

    void follow(Hosts hosts) {
        Map<String, List<OfferedSchema>> offered = new HashMap<>();
        hosts.living().stream()
                .filter(host -> !host.incarnation().equals(hosts.self()))
                .flatMap(host -> host.offer().handlers().stream())
                .forEach(handler -> offered.computeIfAbsent(handler.type(), any -> new ArrayList<>())
                        .add(new OfferedSchema(
                                Version.parseVersion(handler.name().version()), handler)));
        offered.values()
                .forEach(all ->
                        all.sort(Comparator.comparing(OfferedSchema::version).reversed()));
        byType = offered;
        schemas.keySet()
                .removeIf(handler -> offered.getOrDefault(handler.type(), List.of()).stream()
                        .noneMatch(each -> each.handler().equals(handler)));
    }

    /**
     * Returns the schema of the highest version that the range and the predicate allow; if no version matches, a schema that accepts every
     * payload.
     */
    PayloadSchema find(String type, @Nullable String range, Predicate<Version> allowed) {
        return highest(type, range, allowed)
                .map(each -> schemas.computeIfAbsent(each.handler(), SchemasElsewhere::read))
                .orElse(PayloadSchema.NONE);
    }

    /** Returns whether one of the handlers is privileged. */
    boolean isPrivileged(String type) {
        return byType.getOrDefault(type, List.of()).stream()
                .anyMatch(each -> each.handler().privileged());
    }

    /** Returns the handler with the schema that {@code find} returns. */
    Optional<HandlerName> handler(String type, @Nullable String range, Predicate<Version> allowed) {
        return highest(type, range, allowed).map(each -> each.handler().name());
    }

    /** Returns the first version with the form of its payloads, as the host that has the version reports it. */
    Optional<Version> form(String type, HandlerName name) {
        return byType.getOrDefault(type, List.of()).stream()
                .map(OfferedSchema::handler)
                .filter(handler -> handler.name().equals(name) && handler.form() != null)
                .map(handler -> Version.parseVersion(handler.form()))
                .findFirst();
    }

    private Optional<OfferedSchema> highest(String type, @Nullable String range, Predicate<Version> allowed) {
        VersionRange accepted = range == null ? null : VersionRange.valueOf(range);
        return byType.getOrDefault(type, List.of()).stream()
                .filter(each -> accepted == null || accepted.includes(each.version()))
                .filter(each -> allowed.test(each.version()))
                .findFirst();
    }

    private static PayloadSchema read(HostHandler handler) {
        String text = handler.schema();
        try {
            return text == null ? PayloadSchema.NONE : PayloadSchema.of(handler.type(), text);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Cannot read the schema of another host's {} of {}: {}",
                    handler.type(),
                    handler.name(),
                    e.getMessage());
            return PayloadSchema.NONE;
        }
    }
}
