// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.HandlerName;
import io.jobyard.spi.jobs.SlotKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Available handlers, their schemas, and the configuration of their types. Parameters {@code handlerVersion} are version ranges; null means
 * any version.
 */
@ProviderType
public interface HandlerCatalog {

    /** Returns the handlers available now by type, the highest version first. */
    List<HandlerInfo> handlers();

    /** Returns the handlers that are not among {@link #handlers} because they are invalid, in no order. */
    default List<RefusedHandler> refused() {
        return List.of();
    }

    /**
     * Returns the handler that would get a job now; empty if no handler matches. It has the highest version that the range and the type's
     * configuration allow. The canary's handler is returned only if the range allows no other. Takes no lock, because the store's writing
     * thread calls it.
     */
    default Optional<HandlerName> serving(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /**
     * Returns the canary's handler if it would get a job now; empty if the type has no canary, its versions are unavailable or not allowed,
     * or no other version is available. Takes no lock.
     */
    default Optional<HandlerName> canary(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /**
     * Returns the handler whose schema checks a payload that is submitted now, even if only another host has it; empty if no handler
     * matches.
     */
    default Optional<HandlerName> madeFor(String type, @Nullable String handlerVersion) {
        return serving(type, handlerVersion);
    }

    /**
     * Returns whether this host gives jobs to this version of a type's handler: it is available, allowed, not quarantined, and no other
     * bundle serves it instead. Takes no lock.
     */
    default boolean servesVersion(String type, String version) {
        return serving(type, "[" + version + "," + version + "]").isPresent();
    }

    /**
     * Returns whether this host has a handler of this build now, and gives it jobs as a canary: false once it is quarantined, deleted,
     * replaced, or no longer a canary. Takes no lock.
     */
    default boolean isCanary(String type, HandlerName handler) {
        return canary(type, null).filter(handler::equals).isPresent();
    }

    /** Returns the first version whose payloads have the same form as payloads of this version; empty if no known migrator leads to one. */
    default Optional<String> payloadForm(String type, HandlerName madeFor) {
        return Optional.empty();
    }

    /**
     * Returns whether a role must name a type in full before its members may submit it. This is true if a handler of the type declares it,
     * on any host, in any version and state. Without a handler, the value of the last handler on this host applies.
     */
    default boolean isPrivileged(String type) {
        return false;
    }

    /** Returns the default timeout of a type's handler; empty if this host has no such handler, or the handler declares none. */
    default Optional<Duration> timeout(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /** Returns the kind of slot that a type's jobs occupy on this host. Without such a handler, it is a thread. Takes no lock. */
    default SlotKind slots(String type, @Nullable String handlerVersion) {
        return SlotKind.THREAD;
    }

    /** Returns the names of the limits that a type's jobs use, according to its handler or its configuration; may be empty. */
    Set<String> limits(String type, @Nullable String handlerVersion);

    /**
     * Returns the JSON Schema for the payload of a type, from the handler's bundle; if this host has no such handler, from another host;
     * empty without a handler or a schema.
     */
    default Optional<String> schema(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /**
     * Returns the JSON Schema for the results of a type, from the handler's bundle; empty if this host has no such handler, or its bundle
     * has no schema. The host does not check results with it.
     */
    default Optional<String> resultSchema(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /**
     * Checks a payload with the JSON Schema of the type, from the handler's bundle; if this host has no such handler, from another host.
     *
     * @param payload a JSON object
     * @return all problems, each with its path, which begins with {@code payload}; empty if the payload is valid, or there is no handler or
     * schema
     */
    List<FieldProblem> problems(String type, @Nullable String handlerVersion, String payload);

    /**
     * Returns the estimate of a bundle's estimator for the type. Called on the calling thread.
     *
     * @param payload a JSON object that matches the handler's schema
     * @return amounts by unit, unchecked; empty if the type has no estimator
     * @throws RuntimeException any exception or {@link Error} of the bundle
     */
    default Map<String, Double> estimate(String type, String payload) {
        return Map.of();
    }

    /** Returns the configured rules by type, without types that have no configuration. */
    default Map<String, TypeRules> typeRules() {
        return Map.of();
    }
}
