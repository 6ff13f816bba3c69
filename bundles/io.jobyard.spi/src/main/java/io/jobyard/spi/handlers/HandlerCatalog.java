// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.HandlerName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Which handlers are there, what they accept, and what is configured for their types. */
@ProviderType
public interface HandlerCatalog {

    /**
     * The handlers that are there now.
     *
     * @return by type, the highest version first
     */
    List<HandlerInfo> handlers();

    /**
     * The handlers that bundles offer now, and that are not among {@link #handlers} because something about them is wrong.
     *
     * @return in no order
     */
    default List<RefusedHandler> refused() {
        return List.of();
    }

    /**
     * The handler that a job would be given to now: the highest version that the range and the type's configuration
     * allow, and that is not the canary's unless the range leaves no other. Waits for no lock: the store's writing thread asks.
     *
     * @param handlerVersion the range the handler must be in; null for any
     * @return its name; empty if there is none
     */
    default Optional<HandlerName> serving(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /**
     * The handler that a job would be given to now if it is one of the canary's. Waits for no lock.
     *
     * @param handlerVersion the range the handler must be in; null for any
     * @return its name; empty if the type has no canary, its versions are not there or not allowed, or no other one is
     */
    default Optional<HandlerName> canary(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /**
     * The handler that a payload is made for which is submitted now: the one by whose schema it is checked.
     *
     * @param handlerVersion the range the handler must be in; null for any
     * @return its name, also if only another host has it; empty if there is none
     */
    default Optional<HandlerName> madeFor(String type, @Nullable String handlerVersion) {
        return serving(type, handlerVersion);
    }

    /**
     * Whether this host gives jobs to that version of a type's handler: it is there, allowed and not quarantined. Waits for no
     * lock.
     *
     * @return false also of a version that is there, and that another bundle serves in its place
     */
    default boolean servesVersion(String type, String version) {
        return serving(type, "[" + version + "," + version + "]").isPresent();
    }

    /**
     * Whether this host has a handler now, and gives it jobs as a canary. Waits for no lock.
     *
     * @param handler the handler, with its build
     * @return false once it is quarantined, deleted, replaced, or a canary no more
     */
    default boolean isCanary(String type, HandlerName handler) {
        return canary(type, null).filter(handler::equals).isPresent();
    }

    /**
     * The first version whose payloads have the form that those of a version have, as far as migrators tell.
     *
     * @return empty if no migrator is known that leads to a version up to that one
     */
    default Optional<String> payloadForm(String type, HandlerName madeFor) {
        return Optional.empty();
    }

    /**
     * Whether a role must name a type in full before its members may submit it.
     *
     * @return true if a handler of the type says so, here or on another host, whatever its version and state; while there is
     *     none, what the last one here said
     */
    default boolean isPrivileged(String type) {
        return false;
    }

    /**
     * The timeout that the handler of a type has for jobs that name none.
     *
     * @param handlerVersion the range the handler must be in; null for any
     * @return empty if this host has no such handler, or it says nothing
     */
    default Optional<Duration> timeout(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /**
     * The limits that a type's jobs draw on because its handler says so, or its configuration.
     *
     * @param handlerVersion the range the handler must be in; null for any
     * @return names of limits; empty if neither names any
     */
    Set<String> limits(String type, @Nullable String handlerVersion);

    /**
     * The JSON Schema that the handler's bundle brings for the payload of a type; if this host has no such handler, that of another
     * host's.
     *
     * @param handlerVersion the range the handler must be in; null for any
     * @return its text; empty if there is no handler or no schema
     */
    default Optional<String> schema(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /**
     * The JSON Schema that the handler's bundle brings for the results of a type. The host does not hold results against it.
     *
     * @param handlerVersion the range the handler must be in; null for any
     * @return its text; empty if this host has no such handler, or its bundle brings none
     */
    default Optional<String> resultSchema(String type, @Nullable String handlerVersion) {
        return Optional.empty();
    }

    /**
     * Checks a payload against the JSON Schema that the handler's bundle brings for the type; if this host has no such handler,
     * against that of another host's.
     *
     * @param handlerVersion the range the handler must be in; null for any
     * @param payload a JSON object
     * @return all that is wrong, each with its path from {@code payload} on; empty if nothing is, or there is no handler or no schema
     */
    List<FieldProblem> problems(String type, @Nullable String handlerVersion, String payload);

    /**
     * What a job is expected to use, as a bundle says that estimates its type. Asked on the calling thread.
     *
     * @param payload a JSON object that fits the handler's schema
     * @return by unit, unchecked; empty if nobody estimates the type
     * @throws RuntimeException whatever that bundle throws, or an {@link Error}
     */
    default Map<String, Double> estimate(String type, String payload) {
        return Map.of();
    }

    /**
     * What is configured for the jobs of types.
     *
     * @return by type; a type without a configuration is not in it
     */
    default Map<String, TypeRules> typeRules() {
        return Map.of();
    }
}
