// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobSpecification;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.text.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Warnings about jobs of a submit that no host has a handler for now. They are stored, and wait. Only for one submit and one thread. */
public final class UnservedTypes {

    private static final int MOST = 10;

    private record Need(String type, @Nullable String handlerVersion) {}

    private final HandlerCatalog handlers;
    private final HostStore hosts;
    private final boolean seesHandlers;
    private final UnaryOperator<String> where;
    private final Set<Need> needs = new LinkedHashSet<>();

    /**
     * Creates the warnings, without jobs.
     *
     * @param hosts returns the handlers of other hosts
     * @param seesHandlers whether the caller may see handlers; otherwise hints name no other type
     * @param where returns how to list the handlers of a type in the caller's interface, for example {@code job:handlers --type echo}; for
     * an empty argument, the handlers of all types
     */
    public UnservedTypes(HandlerCatalog handlers, HostStore hosts, boolean seesHandlers, UnaryOperator<String> where) {
        this.hosts = hosts;
        this.handlers = handlers;
        this.seesHandlers = seesHandlers;
        this.where = where;
    }

    /** Adds a job. */
    public JobSpecification seen(JobSpecification job) {
        needs.add(new Need(job.type(), job.routing().handlerVersion()));
        return job;
    }

    /**
     * Returns text about the jobs without a handler: a line for each type, and one for the remaining types if there are many; may be empty.
     */
    public List<String> warnings() {
        List<HandlerInfo> all = handlers.handlers();
        List<HostHandler> offered = hosts.hosts().living().stream()
                .flatMap(host -> host.offer().handlers().stream())
                .toList();
        List<Need> unserved = needs.stream()
                .filter(need -> !isServed(need, all) && !isOffered(need, offered))
                .toList();
        List<String> lines = new ArrayList<>(
                unserved.stream().limit(MOST).map(need -> line(need, all)).toList());
        if (unserved.size() > MOST) {
            lines.add("no handler serves " + (unserved.size() - MOST) + " more types now; " + where.apply("")
                    + " shows the available handlers");
        }
        return lines;
    }

    private boolean isServed(Need need, List<HandlerInfo> all) {
        String version = handlers.serving(need.type(), need.handlerVersion())
                .map(HandlerName::version)
                .orElse(null);
        return all.stream()
                .anyMatch(handler -> handler.type().equals(need.type())
                        && handler.version().equals(version)
                        && handler.state().equals("active"));
    }

    private static boolean isOffered(Need need, List<HostHandler> offered) {
        String range = need.handlerVersion();
        return offered.stream()
                .filter(handler -> handler.type().equals(need.type()))
                .map(handler -> Version.parseVersion(handler.name().version()))
                .anyMatch(
                        version -> range == null || VersionRange.valueOf(range).includes(version));
    }

    private String line(Need need, List<HandlerInfo> all) {
        List<String> types = all.stream().map(HandlerInfo::type).distinct().toList();
        if (types.contains(need.type())) {
            return "no active handler of type '" + need.type()
                    + "' may run it now: the job waits for one; " + where.apply(need.type())
                    + " shows the available handlers";
        }
        return "no handler serves type '" + need.type() + "' now: the job waits for one"
                + (seesHandlers ? Spelling.hint(need.type(), types) : "");
    }
}
