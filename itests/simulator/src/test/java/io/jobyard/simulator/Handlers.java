// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.HandlerName;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.queue.Gate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** The handlers of the hosts of one place: they come and go. */
final class Handlers implements HandlerCatalog, Gate {

    /** Served from time to time; the last one by nobody in most worlds. */
    static final List<String> TYPES = List.of("mail", "report", "image", "ghost");

    private final Map<String, TreeSet<Version>> there = new TreeMap<>();
    private final Map<String, VersionRange> ranges = new HashMap<>();

    boolean come(String type, String version) {
        return there.computeIfAbsent(type, any -> new TreeSet<>()).add(Version.valueOf(version));
    }

    boolean go(String type, String version) {
        TreeSet<Version> versions = there.get(type);
        if (versions == null || !versions.remove(Version.valueOf(version))) {
            return false;
        }
        if (versions.isEmpty()) {
            there.remove(type);
        }
        return true;
    }

    boolean serves(String type, @Nullable String range) {
        TreeSet<Version> versions = there.get(type);
        return versions != null
                && (range == null
                        || versions.stream().anyMatch(ranges.computeIfAbsent(range, VersionRange::valueOf)::includes));
    }

    @Override
    public Optional<HandlerName> serving(String type, @Nullable String range) {
        return there.getOrDefault(type, new TreeSet<>()).descendingSet().stream()
                .filter(version -> range == null
                        || ranges.computeIfAbsent(range, VersionRange::valueOf).includes(version))
                .map(version -> new HandlerName(version.toString(), "simulator"))
                .findFirst();
    }

    @Override
    public List<HandlerInfo> handlers() {
        return there.entrySet().stream()
                .map(type ->
                        new HandlerInfo(type.getKey(), type.getValue().last().toString(), "simulator", "active", 0, 1))
                .toList();
    }

    /** As other hosts are told. */
    List<HostHandler> offered() {
        return there.entrySet().stream()
                .flatMap(type -> type.getValue().stream()
                        .map(version -> new HostHandler(
                                type.getKey(), new HandlerName(version.toString(), "simulator"), Set.of(), null)))
                .toList();
    }

    @Override
    public Set<String> limits(String type, @Nullable String handlerVersion) {
        return Set.of();
    }

    @Override
    public List<FieldProblem> problems(String type, @Nullable String handlerVersion, String payload) {
        return List.of();
    }

    @Override
    public String name() {
        return "handler";
    }

    @Override
    public boolean ofHost() {
        return true;
    }

    @Override
    public boolean open(LaneKey lane) {
        return serves(lane.type(), lane.handlerVersion());
    }

    @Override
    public String detail(LaneKey lane) {
        return "none for " + lane.type();
    }
}
