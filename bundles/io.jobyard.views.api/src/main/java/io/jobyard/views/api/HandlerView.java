// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.DeployedFile;
import io.jobyard.api.HandlerStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Views of handlers, and of the files that contain them. */
public final class HandlerView {

    /** One handler, or a type without a handler. */
    public static final View<HandlerStatus> HANDLER = View.<HandlerStatus>of(
                    "handler", "A handler, or a type without one.")
            .text("type", "job type", HandlerStatus::type)
            .text("version?", "handler version; null without a handler", HandlerStatus::version)
            .text(
                    "bundle?",
                    "symbolic name and version of its bundle, and for a bundle of `deploy/` the first digits of the"
                            + " SHA-256 of its jar; null without a handler",
                    HandlerStatus::bundle)
            .text(
                    "state",
                    "`active`; `canary` if it gets a share of the jobs; `excluded` by the configuration of its type;"
                            + " `quarantined`; `duplicate` of another bundle's handler; `draining`; `missing` for a type with"
                            + " waiting jobs and no handler",
                    HandlerStatus::state)
            .whole("running", "number of its running jobs", HandlerStatus::running)
            .whole("queued", "number of ready jobs of the type", HandlerStatus::queued)
            .text("description", "description; may be empty", HandlerStatus::description)
            .flag("submittable", "whether the caller may submit jobs of the type", HandlerStatus::submittable);

    /** One file. */
    public static final View<DeployedFile> FILE = View.<DeployedFile>of("deployed file", "A file in `deploy/`.")
            .text("file", "file name", DeployedFile::name)
            .text(
                    "bundle?",
                    "symbolic name and version of the bundle in the file; null without a bundle",
                    DeployedFile::bundle)
            .text(
                    "state",
                    "`in use`, `resolved`, `held`, `refused` or `waiting`",
                    file -> file.state().text())
            .text("detail", "its handlers, or why they serve no jobs", DeployedFile::detail)
            .text(
                    "servesOn?",
                    "previous bundle of the file, if it stays active; otherwise null",
                    DeployedFile::servesOn)
            .text("fix", "the fix; empty if there is nothing to fix", DeployedFile::fix);

    /** All handlers and files. */
    public static final View<AllHandlers> HANDLERS = View.<AllHandlers>of(
                    "handlers", "All handlers, and the files in `deploy/`.")
            .list("handlers", HANDLER, "the handlers, and the types without a handler", AllHandlers::handlers)
            .list("files", FILE, "the files", AllHandlers::files);

    /** The handlers of one type. */
    public static final View<OfType> HANDLERS_OF_TYPE = View.<OfType>of(
                    "handlers of a type", "The handlers of one type.")
            .list("handlers", HANDLER, "the handlers", OfType::handlers)
            .object("schema?", "JSON Schema of the payload; null if any object is accepted", OfType::schema);

    private static final View<Type> TYPE = View.<Type>of("type", "A job type that has a handler.")
            .text("type", "job type", Type::type)
            .object("schema?", "JSON Schema of the payload; null if any object is accepted", Type::schema)
            .flag("submittable", "whether the caller may submit jobs of the type", Type::submittable);

    /** All types that have a handler. */
    public static final View<List<Type>> TYPES = View.<List<Type>>of("types", "The job types that have a handler.")
            .list("types", TYPE, "the types, by name", types -> types);

    /** Confirmation of a released bundle: its name. */
    public static final View<String> RELEASED = View.<String>of("released bundle", "Confirmation of a released bundle.")
            .text("bundle", "the bundle, as named in the request", bundle -> bundle)
            .word("state", List.of("released"), "`released`", bundle -> "released");

    private HandlerView() {}

    /**
     * All handlers and files.
     *
     * @param handlers the handlers, and the types without a handler
     * @param files the files in {@code deploy/}
     */
    public record AllHandlers(List<HandlerStatus> handlers, List<DeployedFile> files) {}

    /**
     * The handlers of one type.
     *
     * @param schema the JSON Schema of its payloads; null if it accepts any object
     */
    public record OfType(
            List<HandlerStatus> handlers, @Nullable Map<String, Object> schema) {}

    /**
     * A job type that has a handler.
     *
     * @param schema the JSON Schema of its payloads; null if it accepts any object
     * @param submittable whether the caller may submit jobs of the type
     */
    public record Type(String type, @Nullable Map<String, Object> schema, boolean submittable) {}
}
