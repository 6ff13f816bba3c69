// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.api.handler.TypedJobHandler;
import io.jobyard.worker.typed.TypedClasses;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adapter for a handler with classes for its payload and its result. */
record TypedHandler(TypedJobHandler<Object, ?> typed, TypedClasses classes) implements JobHandler {

    @SuppressWarnings("unchecked") // it gets payloads of the class that it names
    static TypedHandler of(TypedJobHandler<?, ?> typed, Class<?> declared) {
        return new TypedHandler((TypedJobHandler<Object, ?>) typed, TypedClasses.of(declared, TypedJobHandler.class));
    }

    @SuppressWarnings("unchecked") // it gets payloads of the class that it names
    static StagedHandler staged(TypedAsyncJobHandler<?, ?> typed, Class<?> declared) {
        return new StagedHandler(new TypedStages(
                (TypedAsyncJobHandler<Object, ?>) typed, TypedClasses.of(declared, TypedAsyncJobHandler.class)));
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        Object payload = ((RunContext) context).payload(classes.payload());
        return result(context, classes, typed.handle(payload, context));
    }

    static Map<String, Object> result(JobContext context, TypedClasses classes, @Nullable Object value) {
        if (value != null) {
            return context.result(value);
        } else if (classes.isVoid()) {
            return Map.of();
        }
        throw new PermanentException("the handler returned null: return a "
                + classes.result().getRawClass().getSimpleName() + ", or declare Void as its result");
    }

    /** Returns the object that the bundle registered, inside its adapters. */
    static Object registered(JobHandler service) {
        Object own = service instanceof StagedHandler staged ? staged.service() : service;
        return own instanceof TypedHandler sync ? sync.typed() : own instanceof TypedStages async ? async.typed() : own;
    }

    /** Returns the classes of a typed handler; null for a handler without classes. */
    static @Nullable TypedClasses classes(JobHandler service) {
        Object own = service instanceof StagedHandler staged ? staged.service() : service;
        return own instanceof TypedHandler sync
                ? sync.classes()
                : own instanceof TypedStages async ? async.classes() : null;
    }
}
