// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/**
 * Service reference as the framework would pass it to the registry: with properties, and a bundle for the class path.
 */
final class HandlerReference {

    private HandlerReference() {}

    @SuppressWarnings("unchecked") // a proxy of only that interface
    static <S> ServiceReference<S> of(S service, Map<String, Object> properties) {
        Bundle bundle = bundleOf(service.getClass());
        return proxy(ServiceReference.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getProperty" -> properties.get(arguments[0]);
            case "getPropertyKeys" -> properties.keySet().toArray(String[]::new);
            case "getBundle" -> bundle;
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            case "compareTo" -> Integer.compare(System.identityHashCode(proxy), System.identityHashCode(arguments[0]));
            case "toString" -> properties.toString();
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static Bundle bundleOf(Class<?> handler) {
        return proxy(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getSymbolicName", "toString" -> handler.getPackageName();
            case "getVersion" -> Version.emptyVersion;
            case "getEntry", "getResource" -> handler.getClassLoader().getResource(arguments[0].toString());
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            case "getBundleId" -> 0L;
            case "adapt" -> null; // without a manifest
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler answers) {
        return type.cast(
                Proxy.newProxyInstance(HandlerReference.class.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
