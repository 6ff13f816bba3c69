// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.HandlerName;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.jobs.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Available handlers, the highest version of each type first. */
final class Handlers {

    /** With equal versions, the bundle that was deployed first wins, so a restart selects the same one. */
    private static final Comparator<Handler> HIGHEST_FIRST = Comparator.<Handler, Version>comparing(
                    handler -> handler.version)
            .reversed()
            .thenComparingInt(handler -> handler.position);

    private static final String ACTIVE = "active";
    private static final String CANARY = "canary";
    private static final Set<String> GIVEN_JOBS = Set.of(ACTIVE, CANARY);

    private final Map<String, List<Handler>> byType = new ConcurrentHashMap<>();
    /** Types with a privileged handler, or whose last handler was privileged. */
    private final Set<String> privileged = ConcurrentHashMap.newKeySet();

    /** Removed handlers with unfinished runs. */
    private final Set<Handler> leaving = ConcurrentHashMap.newKeySet();

    private final List<Runnable> arrivals = new CopyOnWriteArrayList<>();
    private final List<Runnable> departures = new CopyOnWriteArrayList<>();
    private final Function<String, @Nullable TypeSettings> types;
    private final Predicate<String> aside;

    /**
     * @param types configuration of each type; null for a type without one
     * @param aside returns whether a bundle is quarantined
     */
    Handlers(Function<String, @Nullable TypeSettings> types, Predicate<String> aside) {
        this.types = types;
        this.aside = aside;
    }

    void add(Handler handler) {
        byType.compute(handler.type, (type, before) -> {
            List<Handler> now = before == null ? new ArrayList<>() : new ArrayList<>(before);
            now.add(handler);
            now.sort(HIGHEST_FIRST);
            mark(type, now);
            return List.copyOf(now);
        });
        changed();
    }

    void remove(Handler handler) {
        byType.computeIfPresent(handler.type, (type, before) -> {
            List<Handler> now = new ArrayList<>(before);
            now.remove(handler);
            mark(type, now);
            return now.isEmpty() ? null : List.copyOf(now);
        });
    }

    /** Updates the privileged mark of a type. Without a handler, the type keeps it, because its bundle may be in an update. */
    private void mark(String type, List<Handler> now) {
        if (now.stream().anyMatch(handler -> handler.privileged)) {
            privileged.add(type);
        } else if (!now.isEmpty()) {
            privileged.remove(type);
        }
    }

    /** Returns whether a handler of the type is privileged. If the type has no handler now, its last handler decides. */
    boolean isPrivileged(String type) {
        return privileged.contains(type);
    }

    /** Records that a handler's bundle stops. Its runs may finish until the given time. */
    void leaves(Handler handler, Instant at) {
        handler.leaves(at);
        leaving.add(handler);
    }

    void left(Handler handler) {
        leaving.remove(handler);
    }

    /** Returns text about a handler of the type that is stopping and has unfinished runs; otherwise empty. */
    String leaving(String type) {
        return leaving.stream()
                .filter(handler -> handler.type.equals(type))
                .findAny()
                .map(handler -> "; " + handler.version + " of " + handler.bundle
                        + " is stopping, and its runs have until " + handler.leavesAt() + " to finish")
                .orElse("");
    }

    /**
     * Returns the handler with the highest version that the range and the type's configuration allow. Returns the canary only if the range
     * allows no other version.
     */
    Optional<Handler> find(String type, @Nullable String range) {
        List<Handler> versions = byType.get(type);
        if (versions == null) {
            return Optional.empty();
        }
        VersionRange accepted = range == null ? null : VersionRange.valueOf(range);
        Handler tried = null;
        for (Handler handler : versions) {
            if ((accepted == null || accepted.includes(handler.version)) && isAllowed(handler)) {
                if (!isCanary(handler)) {
                    return Optional.of(handler);
                }
                tried = tried == null ? handler : tried;
            }
        }
        return range == null ? Optional.empty() : Optional.ofNullable(tried);
    }

    /** Returns the canary's handler with the highest version, while another version serves the other jobs. */
    Optional<Handler> canary(String type, @Nullable String range) {
        TypeSettings settings = types.apply(type);
        if (settings == null || settings.canary() == null) {
            return Optional.empty();
        }
        VersionRange accepted = range == null ? null : VersionRange.valueOf(range);
        return find(type, range)
                .filter(handler -> !isCanary(handler))
                .flatMap(any -> of(type).filter(handler -> accepted == null || accepted.includes(handler.version))
                        .filter(handler -> state(handler).equals(CANARY))
                        .findFirst());
    }

    /** Returns whether a type has a canary, and no other handler. */
    boolean isCanaryAlone(String type) {
        List<Handler> allowed = of(type).filter(this::isAllowed).toList();
        return !allowed.isEmpty() && allowed.stream().allMatch(this::isCanary);
    }

    /** Returns whether a type has handlers, but none of its canary's versions. */
    boolean lacksCanary(String type) {
        return has(type) && of(type).noneMatch(this::isCanary);
    }

    private boolean isCanary(Handler handler) {
        TypeSettings type = types.apply(handler.type);
        return type != null && type.isCanary(handler.version);
    }

    /** Returns the longest time without a heartbeat; zero for no limit. */
    Duration heartbeat(Handler handler) {
        TypeSettings type = types.apply(handler.type);
        return type == null || type.heartbeat() == null ? handler.runTerms.heartbeat() : type.heartbeat();
    }

    /** Returns the longest duration to which a handler may extend its run. */
    Duration longestRun(Handler handler) {
        return TypeSettings.longestRun(types.apply(handler.type));
    }

    /** Returns whether the run must end with the lease of its host. */
    boolean isExclusive(Run run) {
        Handler handler = run.handler();
        if (handler == null) {
            return false; // the run has not begun
        }
        TypeSettings type = types.apply(handler.type);
        return type == null || type.exclusive() == null ? handler.runTerms.isExclusive() : type.exclusive();
    }

    /** Returns whether this version gets jobs. */
    boolean serves(String type, Version version) {
        return of(type).anyMatch(handler -> handler.version.equals(version) && GIVEN_JOBS.contains(state(handler)));
    }

    /** Returns whether this handler gets jobs as a canary. */
    boolean isCanary(String type, HandlerName name) {
        return find(type, name).filter(handler -> state(handler).equals(CANARY)).isPresent();
    }

    /** Returns the target versions of the migrators that a type's handlers declare. */
    Set<Version> forms(String type) {
        return of(type).flatMap(handler -> handler.migratesTo.stream()).collect(Collectors.toSet());
    }

    /** Returns the handler of a run, if it is still registered. */
    Optional<Handler> find(String type, @Nullable HandlerName name) {
        return of(type).filter(handler -> handler.name.equals(name)).findFirst();
    }

    /** Returns the thread on which the run begins. Without its handler, it is one of the workers, which then ends the run. */
    RunThread thread(Assignment run) {
        return find(run.stored().job().type(), run.handler())
                .map(Handler::thread)
                .orElse(RunThread.WORKER);
    }

    /** Returns whether the type has a handler, in any version. */
    boolean has(String type) {
        return byType.containsKey(type);
    }

    private Stream<Handler> of(String type) {
        return byType.getOrDefault(type, List.of()).stream();
    }

    Stream<Handler> all() {
        return byType.values().stream().flatMap(List::stream);
    }

    private boolean isAllowed(Handler handler) {
        TypeSettings type = types.apply(handler.type);
        return type == null || type.allows(handler.version);
    }

    private String state(Handler handler) {
        if (!isAllowed(handler)) {
            return "excluded";
        }
        if (aside.test(handler.bundle)) {
            return "quarantined";
        }
        return first(handler) == handler ? isCanary(handler) ? CANARY : ACTIVE : "duplicate";
    }

    /** Returns the handler of the same type and version that was deployed first. It gets the jobs. */
    private Handler first(Handler handler) {
        return of(handler.type)
                .filter(other -> other.version.equals(handler.version))
                .findFirst()
                .orElse(handler);
    }

    List<HandlerInfo> infos() {
        Stream<HandlerInfo> draining =
                leaving.stream().filter(handler -> handler.runs.count() > 0).map(handler -> handler.info("draining"));
        return Stream.concat(all().map(handler -> handler.info(state(handler))), draining)
                .sorted(Comparator.comparing(HandlerInfo::type))
                .toList();
    }

    /** Returns the handlers that get jobs, for other hosts. */
    List<HostHandler> offered() {
        return all().filter(handler -> GIVEN_JOBS.contains(state(handler)))
                .map(handler -> new HostHandler(
                        handler.type,
                        handler.name,
                        handler.limits,
                        handler.schema.text().orElse(null),
                        handler.privileged,
                        new MigrationPath(forms(handler.type))
                                .form(handler.version)
                                .map(Version::toString)
                                .orElse(null),
                        handler.thread().slots))
                .toList();
    }

    /** Notifies the arrival listeners that the handlers of a type may have changed. */
    void changed() {
        arrivals.forEach(Runnable::run);
    }

    /** Adds a listener for new handlers, and for other changes of the versions that serve jobs. */
    void onArrival(Runnable listener) {
        arrivals.add(listener);
    }

    /** Adds a listener for removed handlers, called once their runs have ended. */
    void onDeparture(Runnable listener) {
        departures.add(listener);
    }

    void gone() {
        departures.forEach(Runnable::run);
    }

    void forget(Runnable listener) {
        arrivals.remove(listener);
        departures.remove(listener);
    }
}
