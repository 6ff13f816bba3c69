// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Intercepted call of a service.
 *
 * @param arguments the arguments; null for a call without arguments
 */
record ServiceCall(Object service, Method method, Object @Nullable [] arguments) {

    /** Answers calls in place of a service. */
    interface Answer {
        @Nullable
        Object to(ServiceCall call) throws Throwable;
    }

    /** Wraps a service so that this object answers its calls. */
    static <T> T around(Class<T> type, T service, Answer answer) {
        return type.cast(around(ServiceCall.class.getClassLoader(), service, answer, type));
    }

    /** Wraps a service with several interfaces, which the class loader must see. */
    static Object around(ClassLoader loader, Object service, Answer answer, Class<?>... types) {
        return Proxy.newProxyInstance(
                loader, types, (proxy, method, arguments) -> answer.to(new ServiceCall(service, method, arguments)));
    }

    String name() {
        return method.getName();
    }

    /** Returns the argument; null if the call has none. */
    @Nullable
    Object argument(int number) {
        return arguments == null ? null : arguments[number];
    }

    @Nullable
    Object proceed() throws Throwable {
        return at(service);
    }

    /** Calls another service instead. */
    @Nullable
    Object at(Object other) throws Throwable {
        try {
            return method.invoke(other, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
