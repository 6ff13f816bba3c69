// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.HandlerName;
import io.jobyard.operations.api.Operations;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.views.api.JsonReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Job types that a caller may submit, as tools, in addition to the operations. */
@Component(service = ToolCatalog.class)
public final class ToolCatalog {

    private static final String TYPE = "type";
    private static final String OBJECT = "object";

    private final HandlerCatalog handlers;
    private final Access access;
    private final OperationTools operations;

    @Activate
    public ToolCatalog(@Reference HandlerCatalog handlers, @Reference Access access, @Reference Operations operations) {
        this.handlers = handlers;
        this.access = access;
        this.operations = new OperationTools(operations);
    }

    OperationTools operations() {
        return operations;
    }

    /** Returns the tools in a fixed order, so that equal lists stay equal. */
    List<JobTool> tools(Caller caller) {
        return types(caller).stream().map(this::tool).toList();
    }

    Optional<JobTool> find(Caller caller, String name) {
        return types(caller).stream()
                .filter(type -> JobTool.name(type).equals(name))
                .findFirst()
                .map(this::tool);
    }

    /** Refuses a caller who may not see the result of the job, before the job is stored. */
    void requireView(Caller caller) {
        access.require(caller, AccessRule.VIEW, caller.name(), "jobs");
    }

    /** Returns the types with a handler on any host, or with their own configuration. */
    private TreeSet<String> types(Caller caller) {
        TreeSet<String> types = new TreeSet<>();
        if (!caller.isReserved() && access.allows(caller, AccessRule.SUBMIT, true)) {
            handlers.handlers().forEach(handler -> types.add(handler.type()));
            types.addAll(handlers.typeRules().keySet());
            types.removeIf(type -> operations.find(JobTool.name(type)).isPresent()
                    || !access.allowsType(caller, type, handlers.isPrivileged(type)));
        }
        return types;
    }

    private JobTool tool(String type) {
        Map<String, Object> schema = handlers.schema(type, null)
                .map(text -> JsonReader.object("the schema of " + type, text))
                .orElseGet(LinkedHashMap::new);
        Optional<HandlerInfo> handler = handler(type);
        return new JobTool(
                JobTool.name(type),
                type,
                handler.map(HandlerInfo::description).orElse(""),
                Values.joined(schema, Map.of(TYPE, OBJECT)),
                handler.map(HandlerInfo::effects).orElse(Set.of()),
                handlers.resultSchema(type, null)
                        .map(text -> JsonReader.object("the schema of the results of " + type, text))
                        .orElse(null));
    }

    /** Returns whether clients validate the results of the type's jobs against a schema. */
    boolean hasResultSchema(String type) {
        return handlers.resultSchema(type, null).isPresent();
    }

    /** Returns everything that the caller's tools show. A difference means that the tool list has changed. */
    List<Object> told(Caller caller) {
        List<Object> told = new ArrayList<>();
        for (String type : types(caller)) {
            Optional<HandlerInfo> handler = handler(type);
            told.add(Arrays.asList(
                    type,
                    handler.map(HandlerInfo::description),
                    handler.map(HandlerInfo::effects),
                    handlers.schema(type, null),
                    handlers.resultSchema(type, null)));
        }
        return told;
    }

    /** Returns the handler that would run a new job, otherwise another handler of the type. */
    private Optional<HandlerInfo> handler(String type) {
        List<HandlerInfo> all = handlers.handlers().stream()
                .filter(handler -> handler.type().equals(type))
                .toList();
        Optional<HandlerName> serving = handlers.serving(type, null);
        return all.stream()
                .filter(handler -> serving.isPresent()
                        && serving.get().equals(new HandlerName(handler.version(), handler.bundle())))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }
}
