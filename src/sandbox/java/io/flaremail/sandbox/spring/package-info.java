/**
 * A sandbox in the application context of a Spring test: {@link io.flaremail.sandbox.spring.FlaremailSandbox}. Spring finds the
 * other classes in {@code META-INF/spring.factories}; without Spring they are never loaded.
 */
package io.flaremail.sandbox.spring;
