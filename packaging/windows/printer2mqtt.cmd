@echo off
rem Starts printer2mqtt: printer2mqtt [COMMAND] [OPTIONS]. The JVM options are those of bin/printer2mqtt for a computer with
rem 1.5 GB of memory or more.
rem
rem   JAVA_HOME  the Java to use, 17 or later; without it the one on PATH
rem   JAVA_OPTS  more JVM options, which take precedence
setlocal
set "jar=%~dp0printer2mqtt.jar"
if not exist "%jar%" (
  echo printer2mqtt: no %jar%; extract the whole archive 1>&2
  exit /b 3
)
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%java%" (
  echo printer2mqtt: JAVA_HOME is %JAVA_HOME%, which has no bin\java.exe; set it to the folder of Java 17 or later 1>&2
  exit /b 3
)
if not defined JAVA_HOME (
  where java >nul 2>&1 || (
    echo printer2mqtt: no java on PATH; install Java 17 or later, or set JAVA_HOME to its folder 1>&2
    exit /b 3
  )
)
set "runs=yes"
:arguments
if "%~1"=="" goto start
for %%c in (printers probe health help version -h --help -V --version) do if "%~1"=="%%c" set "runs=no"
shift /1
goto arguments
:start
set "compiler=-XX:TieredStopAtLevel=1"
if "%runs%"=="yes" (
  set "compiler=-XX:CompileCommand=quiet"
  for %%p in (io.github.printer2mqtt io.vertx io.netty com.fasterxml org.eclipse.paho java.util.concurrent) do call set "compiler=%%compiler%% -XX:CompileCommand=CompileThresholdScaling,%%p.*::*,0.03"
)
"%java%" -XX:+ExitOnOutOfMemoryError %compiler% -XX:+UseSerialGC -Xmx512m -Xms24m -XX:MaxNewSize=170m %JAVA_OPTS% -jar "%jar%" %*
exit /b %ERRORLEVEL%
