// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.HandlerName;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.handlers.RefusedHandler;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.SlotKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** The handlers that a test puts there. Of a type without one nothing is known. */
public final class FakeHandlerCatalog implements HandlerCatalog {

    public final List<HandlerInfo> handlers = new CopyOnWriteArrayList<>();
    public final List<RefusedHandler> refused = new CopyOnWriteArrayList<>();
    /** By type, also of one that no handler is there for. */
    public final Map<String, Set<String>> limits = new ConcurrentHashMap<>();

    /** By type. */
    public final Map<String, Duration> timeouts = new ConcurrentHashMap<>();

    /** By type. */
    public final Map<String, HandlerName> canaries = new ConcurrentHashMap<>();

    /** Types whose handlers are asynchronous. */
    public final Set<String> async = ConcurrentHashMap.newKeySet();

    /** Types that a handler, or the last one, marks. */
    public final Set<String> privileged = ConcurrentHashMap.newKeySet();

    public final Map<String, TypeRules> rules = new ConcurrentHashMap<>();
    /** The same. */
    public final Map<String, String> schemas = new ConcurrentHashMap<>();
    /** The same, of results. */
    public final Map<String, String> resultSchemas = new ConcurrentHashMap<>();
    /** By type, whoever estimates its jobs. */
    public final Map<String, JobEstimator> estimators = new ConcurrentHashMap<>();
    /** What is wrong with every payload. */
    public final List<FieldProblem> problems = new CopyOnWriteArrayList<>();

    /** With an active handler of each type, of version 1.0.0. */
    public FakeHandlerCatalog(String... types) {
        for (String type : types) {
            come(type);
        }
    }

    @Override
    public SlotKind slots(String type, @Nullable String handlerVersion) {
        return async.contains(type) ? SlotKind.ASYNC : SlotKind.THREAD;
    }

    public void come(String type) {
        handlers.add(new HandlerInfo(type, "1.0.0", "test 1.0.0", "active", 0, 1));
    }

    public void go(String type) {
        handlers.removeIf(handler -> handler.type().equals(type));
    }

    @Override
    public List<HandlerInfo> handlers() {
        return List.copyOf(handlers);
    }

    @Override
    public List<RefusedHandler> refused() {
        return List.copyOf(refused);
    }

    @Override
    public Optional<HandlerName> serving(String type, @Nullable String handlerVersion) {
        return handlers.stream()
                .filter(handler -> handler.type().equals(type))
                .filter(handler -> handlerVersion == null
                        || VersionRange.valueOf(handlerVersion).includes(Version.valueOf(handler.version())))
                .map(handler -> new HandlerName(handler.version(), handler.bundle()))
                .findFirst();
    }

    @Override
    public Optional<HandlerName> canary(String type, @Nullable String handlerVersion) {
        return Optional.ofNullable(canaries.get(type));
    }

    @Override
    public boolean isPrivileged(String type) {
        return privileged.contains(type);
    }

    @Override
    public Optional<Duration> timeout(String type, @Nullable String handlerVersion) {
        return Optional.ofNullable(timeouts.get(type));
    }

    @Override
    public Set<String> limits(String type, @Nullable String handlerVersion) {
        return limits.getOrDefault(type, Set.of());
    }

    @Override
    public Map<String, TypeRules> typeRules() {
        return Map.copyOf(rules);
    }

    @Override
    public Optional<String> schema(String type, @Nullable String handlerVersion) {
        return Optional.ofNullable(schemas.get(type));
    }

    @Override
    public Optional<String> resultSchema(String type, @Nullable String handlerVersion) {
        return Optional.ofNullable(resultSchemas.get(type));
    }

    @Override
    public Map<String, Double> estimate(String type, String payload) {
        return estimators.getOrDefault(type, of -> Map.of()).estimate(Map.of("json", payload));
    }

    @Override
    public List<FieldProblem> problems(String type, @Nullable String handlerVersion, String payload) {
        return List.copyOf(problems);
    }
}
