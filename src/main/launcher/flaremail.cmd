@echo off
rem Runs Flaremail's command line. Keep this file beside flaremail-<version>-all.jar, or set FLAREMAIL_JAR.
rem   FLAREMAIL_JAR        the drop-in jar to run
rem   FLAREMAIL_CLASSPATH  the application's jars, for doctor
rem   JAVA_HOME            the Java runtime; otherwise java from PATH
setlocal DisableDelayedExpansion

set "JAR=%FLAREMAIL_JAR%"
if not defined JAR for %%f in ("%~dp0flaremail-*-javax.jar") do set "JAR=%%~f"
if not defined FLAREMAIL_JAR for %%f in ("%~dp0flaremail-*-all.jar") do set "JAR=%%~f"
if not defined JAR goto nojar
if not exist "%JAR%" goto absent

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"

rem The second number of "mode con" is the width, whatever the language of its labels.
if not defined COLUMNS for /f "skip=4 tokens=2 delims=:" %%c in ('mode con 2^>nul') do if not defined COLUMNS set /a COLUMNS=%%c

set "CP=%JAR%"
if defined FLAREMAIL_CLASSPATH set "CP=%JAR%;%FLAREMAIL_CLASSPATH%"
"%JAVA%" -cp "%CP%" io.flaremail.cli.Main %*
exit /b %ERRORLEVEL%

:nojar
echo flaremail: found no flaremail-*-all.jar in "%~dp0": set FLAREMAIL_JAR>&2
exit /b 2

:absent
echo flaremail: FLAREMAIL_JAR: there is no file "%JAR%">&2
exit /b 2
