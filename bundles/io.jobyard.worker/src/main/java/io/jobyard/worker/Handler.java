// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.HandlerName;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.handlers.HiddenFields;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** Registered handler and its current runs. */
final class Handler {

    final String type;
    final Version version;
    /** Symbolic name and version of its bundle, and the build if known. */
    final String bundle;

    final long bundleId;
    /** Index of its bundle in the order of deployment; 0 for a bundle of the program. */
    final int position;

    final HandlerName name;
    final JobHandler service;
    final PayloadSchema schema;
    final Set<String> limits;
    /** Target versions of the migrators that its bundle declares. */
    final Set<Version> migratesTo;

    /** Defaults for the handler's runs; the configuration of the type overrides them. */
    final RunTerms runTerms;

    /** Description from its annotation. */
    final String description;

    /** Side effects that its jobs declare not to have, from its annotation. */
    final Set<String> effects;

    /** Schema of results from the handler's bundle; null if the bundle has none. */
    final @Nullable String resultSchema;

    /** Paths of fields that its schemas mark as hidden. */
    final Set<String> hidden;

    /** Whether roles must name its type before their members may submit it. */
    final boolean privileged;

    final PayloadReader payloads;
    final ResultWriter results;
    final RunsInside runs = new RunsInside();
    /** Whether the handler has blocked a thread that begins asynchronous runs. */
    final AtomicBoolean blocks = new AtomicBoolean();
    /** Time until which its runs may finish, once its bundle stops. */
    private volatile @Nullable Instant leavesAt;

    /** Creates a handler whose bundle was not deployed from {@code deploy/}. */
    Handler(String type, Version version, String bundle, long bundleId, JobHandler service, HandlerTerms terms) {
        this(type, version, bundle, bundleId, 0, service, terms);
    }

    Handler(
            String type,
            Version version,
            String bundle,
            long bundleId,
            int position,
            JobHandler service,
            HandlerTerms terms) {
        this.type = type;
        this.version = version;
        this.bundle = bundle;
        this.bundleId = bundleId;
        this.position = position;
        this.name = new HandlerName(version.toString(), bundle);
        this.service = service;
        this.schema = terms.schema();
        this.limits = terms.limits();
        this.migratesTo = terms.migratesTo();
        this.runTerms = terms.runs();
        this.description = terms.description();
        this.effects = terms.effects();
        this.resultSchema = terms.resultSchema();
        this.hidden = TypeRegistry.both(
                HiddenMarks.of(HiddenFields.PAYLOAD, schema.text().orElse(null)),
                HiddenMarks.of(HiddenFields.RESULT, resultSchema));
        this.privileged = terms.privileged();
        HandlerMapper json = new HandlerMapper();
        this.payloads = new PayloadReader(json);
        this.results = new ResultWriter(json);
    }

    /** Returns the thread on which its runs begin. */
    RunThread thread() {
        if (runTerms.isVirtual() && VirtualThreads.areAvailable()) {
            return RunThread.VIRTUAL;
        }
        return isAsync() ? RunThread.STARTER : RunThread.WORKER;
    }

    /** Returns whether the handler is asynchronous: its work continues after it has returned, on any thread. */
    boolean isAsync() {
        return service instanceof StagedHandler;
    }

    /** Context class loader of its runs. */
    ClassLoader loader() {
        return TypedHandler.registered(service).getClass().getClassLoader();
    }

    String symbolicName() {
        return name.symbolicName();
    }

    void leaves(Instant at) {
        leavesAt = at;
    }

    /** Returns the time until which its runs may finish; null until its bundle stops. */
    @Nullable
    Instant leavesAt() {
        return leavesAt;
    }

    HandlerInfo info(String state) {
        return new HandlerInfo(type, version.toString(), bundle, state, runs.count(), bundleId, description, effects);
    }

    @Override
    public String toString() {
        return type + " " + version + " (" + bundle + ")";
    }
}
