// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.DeployedFile;
import io.jobyard.api.HandlerStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Handlers, and the files that bring them. */
public final class HandlerView {

    /** One handler, or its absence. */
    public static final View<HandlerStatus> HANDLER = View.<HandlerStatus>of("handler", "A handler, or its absence.")
            .text("type", "the job type", HandlerStatus::type)
            .text("version?", "the handler's version; null if there is none", HandlerStatus::version)
            .text(
                    "bundle?",
                    "symbolic name and version of its bundle, and for one of `deploy/` the first digits of the SHA-256"
                            + " of its jar; null if there is none",
                    HandlerStatus::bundle)
            .text(
                    "state",
                    "`active`; `canary` if it is tried with a share; `excluded` by the configuration of its type;"
                            + " `quarantined`; `duplicate` of another bundle's; `draining`; `missing` for a type that jobs"
                            + " wait for and no handler serves",
                    HandlerStatus::state)
            .whole("running", "how many runs it has now", HandlerStatus::running)
            .whole("queued", "how many ready jobs of the type there are", HandlerStatus::queued)
            .text(
                    "description",
                    "what it does, as it says itself; empty if it says nothing",
                    HandlerStatus::description)
            .flag("submittable", "whether the caller may submit jobs of the type", HandlerStatus::submittable);

    /** One file. */
    public static final View<DeployedFile> FILE = View.<DeployedFile>of("deployed file", "A file in `deploy/`.")
            .text("file", "its name", DeployedFile::name)
            .text("bundle?", "symbolic name and version of the bundle in it; null if it is none", DeployedFile::bundle)
            .text(
                    "state",
                    "`in use`, `resolved`, `held`, `refused` or `waiting`",
                    file -> file.state().text())
            .text("detail", "its handlers, or why they serve no jobs", DeployedFile::detail)
            .text(
                    "servesOn?",
                    "the bundle that the file held before and that serves on; else null",
                    DeployedFile::servesOn)
            .text("fix", "what to do; empty if nothing is to be done", DeployedFile::fix);

    /** All handlers and files. */
    public static final View<AllHandlers> HANDLERS = View.<AllHandlers>of(
                    "handlers", "All handlers, and the files in `deploy/`.")
            .list("handlers", HANDLER, "each handler, and each type that has none", AllHandlers::handlers)
            .list("files", FILE, "each file", AllHandlers::files);

    /** The handlers of one type. */
    public static final View<OfType> HANDLERS_OF_TYPE = View.<OfType>of(
                    "handlers of a type", "The handlers of one type.")
            .list("handlers", HANDLER, "each of them", OfType::handlers)
            .object("schema?", "the JSON Schema of its payloads; null if it takes any object", OfType::schema);

    private static final View<Type> TYPE = View.<Type>of("type", "A type of jobs that has a handler.")
            .text("type", "the job type", Type::type)
            .object("schema?", "the JSON Schema of its payloads; null if it takes any object", Type::schema)
            .flag("submittable", "whether the caller may submit jobs of the type", Type::submittable);

    /** All types that have a handler. */
    public static final View<List<Type>> TYPES = View.<List<Type>>of("types", "The types of jobs that have a handler.")
            .list("types", TYPE, "each type, by name", types -> types);

    /** What a release came to; shows the bundle's name. */
    public static final View<String> RELEASED = View.<String>of(
                    "released bundle", "A bundle that was set aside is back.")
            .text("bundle", "as it was named", bundle -> bundle)
            .word("state", List.of("released"), "`released`", bundle -> "released");

    private HandlerView() {}

    /**
     * All handlers and files.
     *
     * @param handlers the handlers, and types that have none
     * @param files those in {@code deploy/}
     */
    public record AllHandlers(List<HandlerStatus> handlers, List<DeployedFile> files) {}

    /**
     * The handlers of one type.
     *
     * @param schema the JSON Schema of its payloads; null if it takes any object
     */
    public record OfType(
            List<HandlerStatus> handlers, @Nullable Map<String, Object> schema) {}

    /**
     * A type of jobs that has a handler.
     *
     * @param schema the JSON Schema of its payloads; null if it takes any object
     * @param submittable whether the caller may submit jobs of the type
     */
    public record Type(String type, @Nullable Map<String, Object> schema, boolean submittable) {}
}
